import type { DnsFacts } from './technology/detect-technologies.ts';

/** What else is held of the domain. */
export interface ParkedGrounds {
  readonly nameServers?: readonly string[];
  readonly cnames?: readonly string[];
  /** A page of a random name on the same host had the same content: with a hint it decides (`parkedHints`). */
  readonly sameOnRandomPath?: boolean;
}

/** The grounds in what the DNS phase and the HTTP phase have found, null where there was none. */
export function parkedGroundsOf(
  dns: DnsFacts,
  visit: Readonly<Record<string, unknown>> | null,
): ParkedGrounds {
  const { same } = (visit?.['randomPath'] ?? {}) as { readonly same?: unknown };
  return { nameServers: dns.ns ?? [], cnames: dns.cname ?? [], sameOnRandomPath: same === true };
}
