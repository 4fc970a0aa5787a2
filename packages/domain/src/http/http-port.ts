import type { HttpPersona } from '../persona/http-persona.ts';

/** A request for the home page of a domain. */
export interface SiteRequest {
  readonly name: string;
  /** Addresses that the DNS phase found; empty: the port resolves the name itself. */
  readonly addresses: readonly string[];
}

export interface HttpHop {
  readonly url: string;
  readonly address: string | null;
  readonly statusCode: number | null;
  /** Set where this hop failed: the reason (a verdict name), and the original detail. */
  readonly failure: { readonly reason: string; readonly detail: string } | null;
  readonly elapsedMs: number;
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

export interface HttpPort {
  fetcher(persona: HttpPersona): SiteFetcher;
  /** Calls `tick` every `intervalMs` until the returned function is called. The domain itself has no clock. */
  every(intervalMs: number, tick: () => void): () => void;
}
