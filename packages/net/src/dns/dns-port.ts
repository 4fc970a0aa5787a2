import type { DnsPort, DnsResolver } from '@domainflow/domain/dns/dns-port.ts';
import {
  type DnsPersona,
  dnsPersonaSchema,
  type RecordType,
} from '@domainflow/domain/persona/dns-persona.ts';
import type { Guard } from '../guard/guard.ts';
import { createTrust } from '../tls/trust.ts';
import { AuthoritativeServers } from './ask-server.ts';
import type { HostLookup } from './doh-target.ts';
import type { PoolStats } from './pool-stats.ts';
import { poolTargets, type TargetContext } from './pool-targets.ts';
import { parseResolverAddress } from './resolver-address.ts';
import { ResolverPool } from './resolver-pool.ts';

/** After which a pool that nobody uses is closed, when another is opened. */
const IDLE_MS = 60_000;
/** Questions under way in one pool; more than the windows of a fast resolver add up to. */
const SLOTS = 16_384;
/** Questions under way in a pool for a trial. */
const SLOTS_OF_TRIAL = 256;
/** UDP sockets for all resolvers of a pool: each has its own receive buffer and its own port. */
const SOCKETS = 16;
const LEAST_SOCKETS = 2;
const MOST_SOCKETS = 8;
/** Connections to each resolver (RFC 7766, 6.2.2 asks for few). */
const CONNECTIONS = 2;

export interface DnsPortOptions {
  readonly guard: Guard;
  /** What personas without resolvers use, as `address` or `address:port`: trusted, so not subject to the guard. */
  readonly systemResolvers: readonly string[];
  /** PEM of an authority trusted for DoH besides the public ones. The guard's lab brings its own, for the lab only. */
  readonly extraCaPem?: string;
}

export interface ClosableDnsPort extends DnsPort {
  askServer: NonNullable<DnsPort['askServer']>;
  /** Ends all that is under way and closes the sockets. */
  close(): Promise<void>;
  stats(): readonly PoolStats[];
}

/** DNS over UDP (TCP where a reply is truncated), TCP or HTTPS: one pool of sockets or connections per persona. */
export function createDnsPort({ guard, systemResolvers, extraCaPem }: DnsPortOptions): ClosableDnsPort {
  const pools = new Map<string, ResolverPool>();
  const servers = new AuthoritativeServers(guard);
  const extra = extraCaPem === undefined ? [] : [extraCaPem];
  const trust = createTrust(extra);
  const context: TargetContext = {
    guard,
    system: systemResolvers.map((address) => parseResolverAddress(address)),
    doh: {
      guard,
      lookup: createHostLookup(() => resolver(dnsPersonaSchema.parse({}))),
      trust,
      labTrust: guard.lab === null ? trust : createTrust([...extra, guard.lab.caPem]),
    },
  };

  function closeIdle(): void {
    const now = performance.now();
    for (const [key, pool] of pools) {
      if (!pool.isIdle || now - pool.lastUsedMs < IDLE_MS) continue;
      pools.delete(key);
      void pool.close();
    }
  }

  function resolver(persona: DnsPersona, isTrial = false): ResolverPool {
    const targets = poolTargets(persona, context);
    const { strategy, transport, dohMethod, timeoutMs, attempts, randomizeCase, ednsBufferBytes } = persona;
    const settings = { strategy, transport, dohMethod, timeoutMs, attempts, randomizeCase, ednsBufferBytes };
    const key = JSON.stringify([
      settings,
      isTrial,
      targets.map(({ label, weight, queriesPerSecond }) => [label, weight, queriesPerSecond]),
    ]);
    const known = pools.get(key);
    if (known !== undefined) return known;
    closeIdle();
    const each = isTrial ? LEAST_SOCKETS : Math.floor(SOCKETS / targets.length);
    const sockets = Math.max(LEAST_SOCKETS, Math.min(MOST_SOCKETS, each));
    const pool = new ResolverPool({
      persona: settings,
      targets,
      recursionDesired: true,
      slots: isTrial ? SLOTS_OF_TRIAL : SLOTS,
      lanes: transport === 'udp' ? sockets : CONNECTIONS,
      onFinal: null,
    });
    pools.set(key, pool);
    return pool;
  }

  return {
    resolver,
    askServer: (address, question, timeoutMs, signal) => servers.ask(address, question, timeoutMs, signal),
    stats: () => [...pools.values()].map((pool) => pool.stats()),
    async close() {
      const open = [...pools.values()];
      pools.clear();
      await Promise.all([servers.close(), ...open.map((pool) => pool.close())]);
    },
  };
}

/** Hosts of DoH URLs as the system's resolvers know them. */
function createHostLookup(systemResolver: () => DnsResolver): HostLookup {
  const never = new AbortController().signal;
  const types: readonly RecordType[] = ['A', 'AAAA'];
  return async (host) => {
    const answers = await Promise.all(types.map((type) => systemResolver().query(host, type, never)));
    const addresses = answers.flatMap(({ records }) =>
      records.filter(({ type }) => type === 'A' || type === 'AAAA').map(({ data }) => data),
    );
    const undecided = answers.find(({ rcode }) => rcode !== 'NOERROR' && rcode !== 'NXDOMAIN');
    if (addresses.length === 0 && undecided !== undefined) {
      throw new Error(`The system's resolvers do not find ${host}: ${undecided.rcode}`);
    }
    return addresses;
  };
}
