import type { DnsVerdict } from '../dns/verdicts.ts';
import type { SiteOutcome } from '../http/http-port.ts';
import type { Proxy, ProxyTestResult } from '../http/proxy-pool.ts';
import type { DnsPersona } from '../persona/dns-persona.ts';
import type { HttpPersona } from '../persona/http-persona.ts';
import type { ResolverTest } from './resolver-test.ts';

/** What a name of a sample came to; `TIMEOUT` also where the probe's own time was over. */
export interface SampledName {
  readonly name: string;
  readonly verdict: DnsVerdict;
}

/** A page as a persona's request brought it. */
export interface PageProbe {
  readonly outcome: SiteOutcome;
  /** The first request as it went out, in order; `Host` first. */
  readonly requestHeaders: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Network actions that a person waits for, with the engines and the guard of the workers. Each ends within 15 s, few run
 * at once (`UNAVAILABLE` where the queue is too long), and all reject with the signal's reason when it aborts.
 * A persona or URL that may not be used is `INVALID_INPUT`; what the network does is part of the result.
 */
export interface Probes {
  /** Why nothing may be connected to at this IP address, as words; null where it may. Sends nothing. */
  targetRefusal(address: string, port: number): string | null;
  /** Why a resolver of a persona may not be asked, as words; null where it may. Sends nothing. */
  resolverRefusal(address: string): string | null;
  /**
   * Tests each resolver of the persona by itself, the system's where it names none. `names` must exist; none given:
   * `knownNames`.
   */
  testResolvers(
    persona: DnsPersona,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly ResolverTest[]>;
  /** Verdicts of up to 1,000 names, in their order, as a campaign with this persona would find them now. */
  resolveSample(
    persona: DnsPersona,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly SampledName[]>;
  /** Fetches one http(s) URL and follows its redirects; hosts are looked up as `dns` says. */
  fetchPage(
    personas: { readonly http: HttpPersona; readonly dns: DnsPersona },
    url: string,
    signal: AbortSignal,
  ): Promise<PageProbe>;
  /**
   * Fetches `url` through each proxy by itself; null for those that time was too short for. Hosts of proxies are looked
   * up as `dns` says.
   */
  testProxies(
    proxies: readonly Proxy[],
    means: { readonly dns: DnsPersona; readonly url: string },
    signal: AbortSignal,
  ): Promise<readonly (ProxyTestResult | null)[]>;
  /** A page whose answer is the address that asked for it. */
  readonly exitUrl: string;
  /** Names that exist for this persona's resolvers: configured ones, or the lab's own. */
  knownNames(persona: DnsPersona): readonly string[];
}
