import { z } from 'zod';

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();

/**
 * True for the text of a resolver's address: `address`, `address:port`, or `[address]:port` for IPv6 (RFC 3986, 3.2.2).
 * Names are none: it takes a resolver to resolve them. Whether it may be asked is for the guard at connect time.
 */
export function isResolverAddress(text: string): boolean {
  const parts = /^(?:\[([^\]]+)\]|([^:[\]]+)|([^[\]]*:[^[\]]*:[^[\]]*))(?::(\d{1,5}))?$/.exec(text);
  if (parts === null) return false;
  const [, bracketed, plain, bareIpv6, portText] = parts;
  if (portText !== undefined) {
    const port = Number(portText);
    // After an IPv6 address without brackets, digits are part of the address.
    if (port < 1 || port > 65_535 || bareIpv6 !== undefined) return ipv6.safeParse(text).success;
  }
  if (plain !== undefined) return ipv4.safeParse(plain).success;
  return ipv6.safeParse(bracketed ?? bareIpv6 ?? '').success;
}
