import type { AddressLookup, HttpPort, SiteFetcher, SiteOutcome, SiteRequest } from '../http/http-port.ts';
import type { ProxyPool } from '../http/proxy-pool.ts';
import { type HttpPersona, httpPersonaSchema } from '../persona/http-persona.ts';
import { enterGate } from './enter-gate.ts';
import type { Cap } from './shaping-schema.ts';
import type { TrafficControl } from './traffic-control.ts';

/**
 * An HTTP port whose visits begin as the shaping says; the port below knows nothing of it, but has the caps as limits of
 * the persona, so that they hold for every single request. `persona` is the phase's own, the one whose turn others share.
 */
export function shapeHttp(port: HttpPort, persona: HttpPersona, control: TrafficControl): HttpPort {
  const own = JSON.stringify(persona);
  return {
    decorates: port.decorates ?? port,
    fetcher(asked: HttpPersona, lookup: AddressLookup, proxyPool?: ProxyPool | null): SiteFetcher {
      const { rotation } = control.plan.values;
      const inTurn =
        JSON.stringify(asked) === own
          ? [asked, ...control.plan.personas.map((each) => httpPersonaSchema.parse(each))]
          : [asked];
      const pool =
        proxyPool === undefined || proxyPool === null || rotation.proxies === null
          ? proxyPool
          : { ...proxyPool, rotation: rotation.proxies };
      const fetchers = inTurn.map((each) => port.fetcher(limited(each, control), lookup, pool));
      return {
        async fetchSite(request: SiteRequest, signal: AbortSignal): Promise<SiteOutcome> {
          const { name, addresses } = request;
          const [address] = addresses;
          const targets = control.targetsOf(name, { address });
          if (!(await enterGate(control, targets, signal)))
            throw new Error('The work on this run has stopped.');
          control.sent(name, address);
          let requests = 1;
          try {
            const fetcher = fetchers[control.turn(name, fetchers.length)] as SiteFetcher;
            const outcome = await fetcher.fetchSite(request, signal);
            requests = Math.max(1, outcome.hops.length);
            return outcome;
          } finally {
            control.leave(targets, requests);
          }
        },
      };
    },
    proxyHealth: (proxyPool) => port.proxyHealth(proxyPool),
  };
}

/** The persona with this worker's share of the caps, where they are narrower than its own limits. */
function limited(persona: HttpPersona, control: TrafficControl): HttpPersona {
  const { caps } = control.plan.values;
  const narrower = (own: HttpPersona['perAddress'], cap: Cap | null): HttpPersona['perAddress'] => {
    const share = control.rateShare(cap);
    const rate = share === null ? null : Math.min(10_000, Math.max(0.01, share));
    return {
      concurrency: Math.min(own.concurrency, cap?.concurrency ?? own.concurrency),
      requestsPerSecond:
        rate === null ? own.requestsPerSecond : Math.min(own.requestsPerSecond ?? rate, rate),
    };
  };
  return {
    ...persona,
    perAddress: narrower(persona.perAddress, caps.address),
    perDomain: narrower(persona.perDomain, caps.registrableDomain),
  };
}
