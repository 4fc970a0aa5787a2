import type { DnsPort, DnsResolver } from '@domainflow/domain/dns/dns-port.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { DnsPersona } from '@domainflow/domain/persona/dns-persona.ts';
import type { Guard } from '../guard/guard.ts';
import type { Endpoint } from '../guard/lab-route.ts';
import type { PoolStats } from './pool-stats.ts';
import { formatEndpoint, parseResolverAddress } from './resolver-address.ts';
import { ResolverPool } from './resolver-pool.ts';

/** After which a pool that nobody uses is closed, when another is opened. */
const IDLE_MS = 60_000;

export interface DnsPortOptions {
  readonly guard: Guard;
  /** What personas without resolvers use, as `address` or `address:port`: trusted, so not subject to the guard. */
  readonly systemResolvers: readonly string[];
}

export interface ClosableDnsPort extends DnsPort {
  /** Ends all that is under way and closes the sockets. */
  close(): Promise<void>;
  stats(): readonly PoolStats[];
}

/** DNS over UDP, TCP where a reply is truncated: one pool of sockets per persona. */
export function createDnsPort({ guard, systemResolvers }: DnsPortOptions): ClosableDnsPort {
  const pools = new Map<string, ResolverPool>();
  const trusted = systemResolvers.map(parseResolverAddress);
  const trustedLabels = new Set(trusted.map(formatEndpoint));

  function endpointsOf(persona: DnsPersona): readonly Endpoint[] {
    if (persona.resolvers.length > 0) return persona.resolvers.map(({ address }) => checkedEndpoint(address));
    if (trusted.length > 0) return trusted;
    throw new DomainFlowError(
      'UNAVAILABLE',
      'This system has no DNS resolver configured: name resolvers in the DNS persona.',
      { field: 'resolvers' },
    );
  }

  function checkedEndpoint(text: string): Endpoint {
    const endpoint = parseResolverAddress(text);
    if (trustedLabels.has(formatEndpoint(endpoint))) return endpoint;
    const decision = guard.checkResolver(endpoint.host, endpoint.port);
    if (decision.allowed) return decision.connect;
    throw new DomainFlowError('INVALID_INPUT', `The resolver ${text} may not be used: ${decision.reason}.`, {
      field: 'resolvers',
    });
  }

  function closeIdle(): void {
    const now = performance.now();
    for (const [key, pool] of pools) {
      if (!pool.isIdle || now - pool.lastUsedMs < IDLE_MS) continue;
      pools.delete(key);
      void pool.close();
    }
  }

  return {
    resolver(persona: DnsPersona): DnsResolver {
      const endpoints = [
        ...new Map(endpointsOf(persona).map((endpoint) => [formatEndpoint(endpoint), endpoint])).values(),
      ];
      const { strategy, timeoutMs, attempts, queriesPerSecond } = persona;
      const key = JSON.stringify([
        endpoints.map(formatEndpoint),
        strategy,
        timeoutMs,
        attempts,
        queriesPerSecond,
      ]);
      const known = pools.get(key);
      if (known !== undefined) return known;
      closeIdle();
      const pool = new ResolverPool(persona, endpoints);
      pools.set(key, pool);
      return pool;
    },
    stats: () => [...pools.values()].map((pool) => pool.stats()),
    async close() {
      const open = [...pools.values()];
      pools.clear();
      await Promise.all(open.map((pool) => pool.close()));
    },
  };
}
