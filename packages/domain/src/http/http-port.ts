import type { HttpPersona } from '../persona/http-persona.ts';
import type { ProxyHealth, ProxyPool } from './proxy-pool.ts';

/** A request for the home page of a domain. */
export interface SiteRequest {
  readonly name: string;
  /** This very URL (http or https) instead of the home page; its host is `name`. */
  readonly url?: string;
  /** `url` is a further page of the site, or its icon: redirects are not followed to other registrable domains. */
  readonly part?: 'page' | 'icon';
  /** Addresses that the DNS phase found; empty: the port asks the fetcher's lookup. */
  readonly addresses: readonly string[];
}

export interface HopFailure {
  /** The verdict that it would be for the site. */
  readonly reason: string;
  /** What the system said. */
  readonly detail: string;
  /** This machine had no socket, port or memory left: it says nothing of the site. */
  readonly isLocal: boolean;
  /** The site had answered: what failed is its body. */
  readonly afterHead?: boolean;
}

export interface HttpHop {
  readonly url: string;
  /** The target's address; null where it was not known, or where a proxy was given the name. */
  readonly address: string | null;
  readonly statusCode: number | null;
  /** Set where this hop failed. */
  readonly failure: HopFailure | null;
  readonly elapsedMs: number;
  /** Time that connecting took, TLS included, be it that only TLS was not in time; null where TCP did not connect. */
  readonly connectMs: number | null;
  /** From the request to the complete head of its response, in milliseconds. */
  readonly firstByteMs?: number;
  readonly protocol?: 'http/1.1' | 'h2';
  /** The proxy that the request went through, or was to go through. */
  readonly proxyId?: string;
  /** The page that came sends its readers on by itself, and was followed: by its markup, a field of its head, a script, or a frame. */
  readonly refresh?: 'meta' | 'header' | 'script' | 'frame';
}

/** What robots.txt of the site's first authority said of its page. */
export interface RobotsDecision {
  readonly url: string;
  readonly decision: 'allow' | 'deny';
  /** `ignored`: not asked for; `missing`: status 4xx; `unavailable`: status 5xx; `rules`: as the rule says. */
  readonly because: 'ignored' | 'missing' | 'unavailable' | 'rules';
  /** The rule that decided, as it stands in the file; null where none matched. */
  readonly rule: string | null;
  readonly statusCode: number | null;
  readonly fromCache: boolean;
}

/** The final response: head, and as much of the decoded body as the cap allows. */
export interface SiteResponse {
  readonly finalUrl: string;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Whoever has read it takes it out. Promises of a visit that took a while are old objects when it ends, and what these
   * keep is collected with them: pages by the thousand would wait for that.
   */
  body: Uint8Array;
  /** SHA-256 of `body`, hexadecimal. */
  readonly bodySha256: string;
  readonly truncated: boolean;
  readonly tls: Readonly<Record<string, unknown>> | null;
}

export interface SiteOutcome {
  readonly verdict: string;
  readonly hops: readonly HttpHop[];
  readonly response: SiteResponse | null;
  /** Set where there is no response of the page, but a status that stands for it, such as that of robots.txt. */
  readonly statusCode?: number;
  readonly robots?: RobotsDecision;
}

export interface SiteFetcher {
  /** Never rejects but on abort: a failure is an outcome with its reason. */
  fetchSite(request: SiteRequest, signal: AbortSignal): Promise<SiteOutcome>;
}

/** Addresses of a name; `[]` where it has none. Rejects with a `LookupFailure` where nobody could say. */
export type AddressLookup = (name: string) => Promise<readonly string[]>;

/** Nobody could say what addresses a name has. */
export class LookupFailure extends Error {
  /** As in `DnsAnswer`. */
  readonly rcode: string;

  constructor(name: string, rcode: string) {
    super(`${name} could not be resolved: DNS says ${rcode}`);
    this.name = 'LookupFailure';
    this.rcode = rcode;
  }
}

export interface HttpPort {
  /** The port that this one asks in its turn: both are of one process, and share its load. */
  readonly decorates?: HttpPort;
  /**
   * `lookup` is asked about redirect targets, and about names that come without addresses. With a pool everything goes
   * through its proxies, and `lookup` is asked about their own names only.
   */
  fetcher(persona: HttpPersona, lookup: AddressLookup, proxyPool?: ProxyPool | null): SiteFetcher;
  /** How the proxies of the pools in use have done in this process, by the pool that was given to `fetcher`. */
  proxyHealth(proxyPool: ProxyPool): readonly ProxyHealth[];
}
