import { createProcessClock } from './clock/process-clock.ts';
import { createDnsPort } from './dns/dns-port.ts';
import { systemResolvers } from './dns/system-resolvers.ts';
import { createGuard } from './guard/guard.ts';
import { labRouteFromEnv } from './guard/lab-route.ts';
import { createHttpPort } from './http/create-http-port.ts';

export interface EngineOptions {
  /** Where the lab listens, as `labRouteFromEnv` reads it. */
  readonly labJson: string | undefined;
  /** CIDRs of private targets that may be connected to. */
  readonly allowedTargets: readonly string[];
}

/** The engines of one process behind one guard: what a worker gives to its phases. */
export function createEngines({ labJson, allowedTargets }: EngineOptions) {
  const guard = createGuard({ allow: allowedTargets, lab: labRouteFromEnv(labJson) });
  const clock = createProcessClock();
  const dns = createDnsPort({ guard, systemResolvers: systemResolvers() });
  const http = createHttpPort({ guard, clock });
  return {
    guard,
    ports: { dns, http, clock },
    async close(): Promise<void> {
      http.close();
      await dns.close();
    },
  };
}
