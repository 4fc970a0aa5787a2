import { isIP } from 'node:net';
import type { Guard } from '../guard/guard.ts';
import type { Endpoint } from '../guard/lab-route.ts';
import type { Trust } from '../tls/trust.ts';

/** Addresses of a host as the system's resolvers know them; rejects where they could not say. */
export type HostLookup = (host: string) => Promise<readonly string[]>;

export interface DohContext {
  readonly guard: Guard;
  readonly lookup: HostLookup;
  readonly trust: Trust;
  /** For what the guard leads to the lab, and for that alone. */
  readonly labTrust: Trust;
}

/** Where a DoH resolver is connected to, decided by the guard on the very address. */
export interface DohTarget {
  readonly connect: Endpoint;
  readonly trust: Trust;
}

/** The host of a URL as certificates and sockets name it: without the brackets of an IPv6 address. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

export const portOf = (url: URL): number => (url.port === '' ? 443 : Number(url.port));

/** Looks the host up and takes the first address that may be connected to. Rejects with words for a person. */
export async function findDohTarget(url: URL, context: DohContext): Promise<DohTarget> {
  const { guard, lookup, trust, labTrust } = context;
  const host = hostOf(url);
  const addresses = isIP(host) === 0 ? await lookup(host) : [host];
  if (addresses.length === 0) throw new Error(`${host} has no address`);
  let refusal = '';
  for (const address of addresses) {
    const decision = guard.check(address, portOf(url));
    if (!decision.allowed) {
      refusal ||= decision.reason;
      continue;
    }
    const isLab = guard.lab !== null && decision.connect === guard.lab.https;
    return { connect: decision.connect, trust: isLab ? labTrust : trust };
  }
  throw new Error(`${host} leads to an address that may not be used: ${refusal}`);
}
