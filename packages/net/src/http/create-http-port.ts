import type { Clock } from '@domainflow/domain/clock.ts';
import type {
  AddressLookup,
  HttpPort,
  SiteFetcher,
  SiteOutcome,
  SiteRequest,
} from '@domainflow/domain/http/http-port.ts';
import { ProxyLimits } from '@domainflow/domain/http/proxy-limits.ts';
import type { ProxyPool, ProxyPoolStats } from '@domainflow/domain/http/proxy-pool.ts';
import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import { RecentMap } from '@domainflow/domain/recent-map.ts';
import type { Guard } from '../guard/guard.ts';
import { createTrust } from '../tls/trust.ts';
import { Cancellation } from './cancellation.ts';
import { ProxyTurns } from './proxy/proxy-turns.ts';
import { personaFields } from './request-text.ts';
import { RobotsCache } from './robots-cache.ts';
import { SiteVisit } from './site-visit.ts';
import { TargetTurns } from './target-turns.ts';
import type { VisitContext } from './visit-context.ts';

export interface HttpPortOptions {
  /** Asked about every connection, redirects included. */
  readonly guard: Guard;
  readonly clock: Clock;
  /** PEM of an authority trusted besides the public ones. The guard's lab brings its own, trusted for the lab only. */
  readonly extraCaPem?: string;
}

export interface HttpEngine extends HttpPort {
  /** The pools that are in use, or were not long ago. */
  proxyStats(): readonly ProxyPoolStats[];
  /** Says how many workers live, this one included: they share the limits of proxies. */
  shareProxies(workers: number): void;
  close(): void;
}

/** Pools whose proxies' state is kept; campaigns that run at once have few. */
const POOLS_KEPT = 64;

/** The HTTP engine: HTTP/1.1 over sockets of its own, HTTP/2 where wanted. `close` drops what is in flight. */
export function createHttpPort(options: HttpPortOptions): HttpEngine {
  const { guard, clock, extraCaPem } = options;
  const extra = extraCaPem === undefined ? [] : [extraCaPem];
  const trust = createTrust(extra);
  const labTrust = guard.lab === null ? trust : createTrust([...extra, guard.lab.caPem]);
  const active = new Set<Cancellation>();
  /** Of each signal its visits: thousands share one, and taking a listener off costs a walk along all of them. */
  const bySignal = new WeakMap<AbortSignal, Set<Cancellation>>();
  const turns = new TargetTurns(clock);
  const robots = new RobotsCache(clock);
  const pools = new RecentMap<ProxyTurns>(POOLS_KEPT);
  const limits = new ProxyLimits();
  const wakeOneOfEach = (): void => {
    for (const turns of pools.values()) turns.wakeOne();
  };
  let closed = false;

  /** The same pool has the same state, whichever batch it is for. */
  const proxiesOf = (pool: ProxyPool): ProxyTurns =>
    pools.of(JSON.stringify(pool), () => new ProxyTurns(pool, clock, limits, wakeOneOfEach));

  function visitsOf(signal: AbortSignal): Set<Cancellation> {
    const known = bySignal.get(signal);
    if (known !== undefined) return known;
    const visits = new Set<Cancellation>();
    signal.addEventListener('abort', () => {
      for (const cancellation of visits) cancellation.cancel(signal.reason);
    });
    bySignal.set(signal, visits);
    return visits;
  }

  async function visit(
    context: VisitContext,
    request: SiteRequest,
    signal: AbortSignal,
  ): Promise<SiteOutcome> {
    signal.throwIfAborted();
    if (closed) throw new Error('The HTTP port is closed');
    const cancellation = new Cancellation();
    const visits = visitsOf(signal);
    visits.add(cancellation);
    active.add(cancellation);
    try {
      return await new SiteVisit(context, request, cancellation).run();
    } finally {
      active.delete(cancellation);
      visits.delete(cancellation);
    }
  }

  return {
    fetcher(persona: HttpPersona, lookup: AddressLookup, pool: ProxyPool | null = null): SiteFetcher {
      const context: VisitContext = {
        persona,
        fields: personaFields(persona),
        guard,
        clock,
        lookup,
        trust,
        labTrust,
        turns,
        protocols: new Map(),
        robots,
        proxies: pool === null ? null : { pool, turns: proxiesOf(pool) },
      };
      return { fetchSite: (request, signal) => visit(context, request, signal) };
    },
    proxyHealth: (pool) => proxiesOf(pool).health(),
    proxyStats: () => pools.values().map((pool) => pool.stats()),
    shareProxies(workers) {
      limits.workers = Math.max(1, workers);
    },
    close() {
      closed = true;
      for (const cancellation of active) cancellation.cancel(new Error('The HTTP port is closed'));
    },
  };
}
