import { isIP, isIPv4 } from 'node:net';
import { invalidInput } from '@domainflow/domain/errors.ts';
import type { Endpoint } from '../guard/lab-route.ts';

const DNS_PORT = 53;

/** `address:port`, with brackets around an IPv6 address. */
export const formatEndpoint = ({ host, port }: Endpoint): string =>
  isIPv4(host) ? `${host}:${port}` : `[${host}]:${port}`;

/**
 * Reads `address`, `address:port` or `[address]:port`, port 53 where absent. Throws a `DomainFlowError` with `field` for
 * anything else; names are not accepted, since it takes a resolver to resolve them.
 */
export function parseResolverAddress(text: string, field = 'resolvers'): Endpoint {
  const match = /^(?:\[([^\]]+)\]|([^:]+)|([^[\]]*:[^[\]]*:[^[\]]*))(?::(\d{1,5}))?$/.exec(text.trim());
  const host = match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
  const port = match?.[4] === undefined ? DNS_PORT : Number(match[4]);
  if (isIP(host) === 0 || port < 1 || port > 65_535) {
    throw invalidInput(
      `${JSON.stringify(text)} is not a resolver: give an IP address, or address:port.`,
      field,
    );
  }
  return { host, port };
}
