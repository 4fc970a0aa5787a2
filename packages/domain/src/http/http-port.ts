import type { HttpPersona } from '../persona/http-persona.ts';

/** A request for the home page of a domain. */
export interface SiteRequest {
  readonly name: string;
  /** This very URL (http or https) instead of the home page; its host is `name`. */
  readonly url?: string;
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
}

export interface HttpHop {
  readonly url: string;
  readonly address: string | null;
  readonly statusCode: number | null;
  /** Set where this hop failed. */
  readonly failure: HopFailure | null;
  readonly elapsedMs: number;
  /** Time that connecting took, TLS included, be it that only TLS was not in time; null where TCP did not connect. */
  readonly connectMs: number | null;
}

/** The final response: head, and as much of the decoded body as the cap allows. */
export interface SiteResponse {
  readonly finalUrl: string;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** SHA-256 of `body`, hexadecimal. */
  readonly bodySha256: string;
  readonly truncated: boolean;
  readonly tls: Readonly<Record<string, unknown>> | null;
}

export interface SiteOutcome {
  readonly verdict: string;
  readonly hops: readonly HttpHop[];
  readonly response: SiteResponse | null;
}

export interface SiteFetcher {
  /** Never rejects but on abort: a failure is an outcome with its reason. */
  fetchSite(request: SiteRequest, signal: AbortSignal): Promise<SiteOutcome>;
}

/** Addresses of a name; `[]` where it has none. Rejects with a `LookupFailure` where nobody could say. */
export type AddressLookup = (name: string) => Promise<readonly string[]>;

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
  /** `lookup` is asked about redirect targets, and about names that come without addresses. */
  fetcher(persona: HttpPersona, lookup: AddressLookup): SiteFetcher;
}
