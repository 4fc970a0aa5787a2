import { z } from 'zod';

export const TRANSPORTS = ['udp', 'tcp', 'doh'] as const;
/** How queries reach a resolver: RFC 1035 over UDP, over TCP (RFC 7766), or over HTTPS (RFC 8484). */
export type Transport = (typeof TRANSPORTS)[number];

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();

interface AddressParts {
  readonly host: string;
  readonly port: number;
}

const DNS_PORT = 53;

function addressParts(text: string): AddressParts | null {
  const parts = /^(?:\[([^\]]+)\]|([^:[\]]+)|([^[\]]*:[^[\]]*:[^[\]]*))(?::(\d{1,5}))?$/.exec(text);
  if (parts === null) return null;
  const [, bracketed, plain, bareIpv6, portText] = parts;
  const port = portText === undefined ? DNS_PORT : Number(portText);
  if (portText !== undefined && (port < 1 || port > 65_535 || bareIpv6 !== undefined)) {
    // After an IPv6 address without brackets, digits are part of the address.
    return ipv6.safeParse(text).success ? { host: text, port: DNS_PORT } : null;
  }
  if (plain !== undefined) return ipv4.safeParse(plain).success ? { host: plain, port } : null;
  const host = bracketed ?? bareIpv6 ?? '';
  return ipv6.safeParse(host).success ? { host, port } : null;
}

/**
 * True for the text of a resolver's address: `address`, `address:port`, or `[address]:port` for IPv6 (RFC 3986, 3.2.2).
 * Names are none: it takes a resolver to resolve them. Whether it may be asked is for the guard at connect time.
 */
export const isResolverAddress = (text: string): boolean => addressParts(text) !== null;

/** The URL of a DoH resolver without the variable of its template (`{?dns}`, RFC 8484, 4.1); null where it is no URL. */
export function dohUrl(text: string): URL | null {
  const withoutVariable = text.replace(/\{[?&]dns\}$/, '');
  if (/[{}\s\\]/.test(withoutVariable) || !/^[a-z][a-z0-9+.-]*:\/\//i.test(withoutVariable)) return null;
  return URL.parse(withoutVariable);
}

function dohProblem(text: string): string | null {
  const url = dohUrl(text);
  if (url === null) {
    return isResolverAddress(text)
      ? 'DoH asks URLs: write https://…/dns-query, or choose the transport udp or tcp'
      : 'A URL such as https://dns.example/dns-query';
  }
  if (url.protocol !== 'https:') return 'A DoH resolver must have a URL with https://';
  if (url.username !== '' || url.password !== '') return 'The URL must hold neither user name nor password';
  if (url.hash !== '' || text.includes('#')) return 'The URL must have no fragment (#…)';
  return null;
}

/** What is wrong with a resolver's address for this transport, in words for the person who wrote it; null: nothing. */
export function resolverProblem(text: string, transport: Transport): string | null {
  if (transport === 'doh') return dohProblem(text);
  if (isResolverAddress(text)) return null;
  return dohUrl(text) === null
    ? 'An IP address, or address:port ([address]:port for IPv6)'
    : `A URL is for the transport doh; ${transport} needs an IP address, or address:port`;
}

/** The same text for all ways to write the same resolver: `192.0.2.1` and `192.0.2.1:53`, `::1` and `0:0:0:0:0:0:0:1`. */
export function resolverKey(text: string): string {
  const parts = addressParts(text);
  if (parts === null) return dohUrl(text)?.href ?? text;
  if (!parts.host.includes(':')) return `${parts.host}:${parts.port}`;
  // The parser of URLs writes an IPv6 address in its canonical form (RFC 5952).
  return URL.parse(`dns://[${parts.host}]:${parts.port}`)?.host ?? text;
}
