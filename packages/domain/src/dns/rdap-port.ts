import type { DnsPersona } from '../persona/dns-persona.ts';

/** An RDAP server (RFC 9082) for a top-level domain, or for all (`*`). */
export interface RdapServer {
  readonly tld: string;
  /** Base URL, to which `domain/NAME` is added. */
  readonly url: string;
}

export interface RdapAnswer {
  /** `unknown`: no server for the TLD, or none that answered. */
  readonly status: 'available' | 'registered' | 'unknown';
  readonly url: string | null;
  readonly httpStatus: number | null;
  /** In words, where it is unknown. */
  readonly reason?: string;
  readonly registrar?: string;
  readonly registeredAt?: string;
  readonly expiresAt?: string;
  /** EPP states such as `client hold` (RFC 8056). */
  readonly states?: readonly string[];
}

export interface RdapOptions {
  /** Asked before those that the operator has listed. */
  readonly servers: readonly RdapServer[];
  /** By whose resolvers the servers are found. */
  readonly persona: DnsPersona;
}

export interface RdapPort {
  /**
   * What the registry says of a registrable domain: 404 is available, 200 registered (RFC 7480, section 5). Waits for
   * its turn at the server, and as long as that asks for (429, Retry-After) within reason. Rejects only on abort.
   */
  lookup(domain: string, options: RdapOptions, signal: AbortSignal): Promise<RdapAnswer>;
}
