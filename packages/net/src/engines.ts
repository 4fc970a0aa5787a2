import { rdapServersFrom } from '@domainflow/domain/dns/rdap-bootstrap.ts';
import { createProcessClock } from './clock/process-clock.ts';
import { createDnsPort } from './dns/dns-port.ts';
import { systemResolvers } from './dns/system-resolvers.ts';
import { createGuard } from './guard/guard.ts';
import { labRouteFromEnv } from './guard/lab-route.ts';
import { createHttpPort } from './http/create-http-port.ts';
import { createProcessRandom } from './random/process-random.ts';
import { createRdapPort } from './rdap/create-rdap-port.ts';

export interface EngineOptions {
  /** Where the lab listens, as `labRouteFromEnv` reads it. */
  readonly labJson: string | undefined;
  /** CIDRs of private targets that may be connected to. */
  readonly allowedTargets: readonly string[];
  /** RDAP servers by TLD as IANA publishes them (RFC 9224), for registration checks. */
  readonly rdapBootstrapJson?: string | undefined;
}

/** The engines of one process behind one guard: what a worker gives to its phases. */
export function createEngines({ labJson, allowedTargets, rdapBootstrapJson }: EngineOptions) {
  const guard = createGuard({ allow: allowedTargets, lab: labRouteFromEnv(labJson) });
  const clock = createProcessClock();
  const dns = createDnsPort({ guard, systemResolvers: systemResolvers() });
  const http = createHttpPort({ guard, clock });
  const random = createProcessRandom();
  const servers = rdapBootstrapJson === undefined ? [] : rdapServersFrom(rdapBootstrapJson);
  const rdap = createRdapPort({ dns, http, clock, servers });
  return {
    guard,
    ports: { dns, http, clock, random, rdap },
    /** What each pool of resolvers has done so far. */
    poolStats: () => dns.stats(),
    /** What each pool of proxies has done so far. */
    proxyStats: () => http.proxyStats(),
    /** Says how many workers live, this one included: they share the limits of proxies. */
    shareProxies: (workers: number) => http.shareProxies(workers),
    async close(): Promise<void> {
      http.close();
      await dns.close();
    },
  };
}
