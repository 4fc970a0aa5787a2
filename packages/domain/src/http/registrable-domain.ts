import { getDomain } from 'tldts';

const OPTIONS = {
  extractHostname: false,
  validateHostname: false,
  detectIp: true,
  mixedInputs: false,
  allowPrivateDomains: true,
};

/**
 * The registrable domain of a lower-case host name; suffixes of the private section count, so that two customers of one
 * hoster are two. Null for a suffix itself and for addresses.
 */
export const registrableDomain = (host: string): string | null => getDomain(host, OPTIONS);

/** Whether two hosts belong to one registrable domain, or are the same. */
export const isSameSite = (one: string, other: string): boolean =>
  one === other || (registrableDomain(one) ?? one) === (registrableDomain(other) ?? other);
