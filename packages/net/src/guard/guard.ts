import { invalidInput } from '@domainflow/domain/errors.ts';
import ipaddr from 'ipaddr.js';
import { type Endpoint, LAB_BLOCKS, type LabRoute } from './lab-route.ts';
import { IPV4_REFUSED, IPV6_GLOBAL_UNICAST, IPV6_REFUSED } from './special-ranges.ts';

type Address = ReturnType<typeof ipaddr.parse>;
type Cidr = [Address, number];

export type GuardDecision =
  | { readonly allowed: true; readonly connect: Endpoint }
  | { readonly allowed: false; readonly reason: string };

/** Decides on each connection, by the very address that it will go to, so that no name can be rebound in between. */
export interface Guard {
  /** Whether `address:port` may be connected to, and where to: always use `connect`, never the input. */
  check(address: string, port: number): GuardDecision;
  /** The same for a DNS resolver: the lab's own is allowed too. */
  checkResolver(address: string, port: number): GuardDecision;
  readonly lab: LabRoute | null;
}

export interface GuardOptions {
  /** CIDRs (or single addresses) that may be reached although they are not public. */
  readonly allow?: readonly string[];
  readonly lab?: LabRoute | null;
}

const cidrOf = (text: string): Cidr => ipaddr.parseCIDR(text) as Cidr;

function parseAllowed(entry: string): Cidr {
  try {
    if (entry.includes('/')) return cidrOf(entry);
    const address = ipaddr.parse(entry);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch {
    throw invalidInput(
      `${JSON.stringify(entry)} is not a CIDR, such as 10.0.0.0/8.`,
      'DOMAINFLOW_ALLOW_TARGETS',
    );
  }
}

const within = (address: Address, [base, bits]: Cidr): boolean =>
  // The library's overloads want both of one kind, which the first test makes sure of.
  address.kind() === base.kind() && (address as ipaddr.IPv4).match(base as ipaddr.IPv4, bits);

/** A block of IPv4 addresses as numbers: each connection is checked against all of them. */
interface Block {
  readonly base: number;
  readonly mask: number;
}

const isIpv4 = ([address]: Cidr): boolean => address.kind() === 'ipv4';

const numberOf = (octets: readonly number[]): number => octets.reduce((sum, octet) => sum * 256 + octet, 0);

function blockOf([address, bits]: Cidr): Block {
  const mask = bits === 0 ? 0 : -1 << (32 - bits);
  return { base: numberOf(address.toByteArray()) & mask, mask };
}

const isInBlock = (ipv4: number, { base, mask }: Block): boolean => (ipv4 & mask) === base;

const REFUSED_V4 = IPV4_REFUSED.map(({ cidr, meaning }) => ({ ...blockOf(cidrOf(cidr)), meaning }));
const REFUSED_V6 = IPV6_REFUSED.map(({ cidr, meaning }) => ({ cidr: cidrOf(cidr), meaning }));
const GLOBAL_UNICAST = cidrOf(IPV6_GLOBAL_UNICAST);
const LAB = LAB_BLOCKS.map(cidrOf);
const LAB_V4 = LAB.filter(isIpv4).map(blockOf);
const LAB_V6 = LAB.filter((cidr) => !isIpv4(cidr));

/** Four decimal numbers without leading zeros: other forms, which some read as octal, are for the library. */
const PLAIN_IPV4 = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

/** The number of a plain IPv4 address, null where the text is none. */
function plainIpv4(text: string): number | null {
  const octets = PLAIN_IPV4.exec(text)?.slice(1).map(Number);
  return octets?.every((octet) => octet <= 255) === true ? numberOf(octets) : null;
}

/** Forms of IPv6 that carry an IPv4 address, and the byte at which it starts. */
const EMBEDDING: readonly { readonly cidr: Cidr; readonly at: number; readonly inverted?: true }[] = [
  { cidr: cidrOf('::ffff:0:0/96'), at: 12 },
  { cidr: cidrOf('::ffff:0:0:0/96'), at: 12 },
  { cidr: cidrOf('::/96'), at: 12 },
  { cidr: cidrOf('64:ff9b::/96'), at: 12 },
  { cidr: cidrOf('64:ff9b:1::/48'), at: 12 },
  { cidr: cidrOf('2002::/16'), at: 2 },
  { cidr: cidrOf('2001::/32'), at: 12, inverted: true },
];

/** `::` and `::1`, which look like IPv4-compatible addresses and are not (RFC 4291, 2.5.5.1). */
const PLAIN_LOW = cidrOf('::/127');

function embeddedIpv4(address: Address): Address | null {
  if (within(address, PLAIN_LOW)) return null;
  const form = EMBEDDING.find(({ cidr }) => within(address, cidr));
  if (form === undefined) return null;
  const bytes = address.toByteArray().slice(form.at, form.at + 4);
  return ipaddr.fromByteArray(form.inverted ? bytes.map((byte) => byte ^ 0xff) : bytes);
}

/** Why an IPv4 address is not of the public internet, null where it is. */
const refusalV4 = (ipv4: number): string | null =>
  REFUSED_V4.find((block) => isInBlock(ipv4, block))?.meaning ?? null;

/** The same of an IPv6 address. */
function refusalV6(address: Address): string | null {
  const range = REFUSED_V6.find(({ cidr }) => within(address, cidr));
  if (range !== undefined) return range.meaning;
  return within(address, GLOBAL_UNICAST) ? null : 'not global unicast';
}

/**
 * The guard against server-side request forgery: everything but public unicast addresses is refused, whatever form
 * it is written in. Throws a `DomainFlowError` on an `allow` entry that is no CIDR.
 */
export function createGuard({ allow = [], lab = null }: GuardOptions = {}): Guard {
  const allowed = allow.map(parseAllowed);
  const allowedV4 = allowed.filter(isIpv4).map(blockOf);
  const isExemptV4 = (ipv4: number): boolean => allowedV4.some((block) => isInBlock(ipv4, block));

  function inLab(port: number): GuardDecision | null {
    if (lab === null) return null;
    if (port === 80) return { allowed: true, connect: lab.http };
    if (port === 443) return { allowed: true, connect: lab.https };
    return port === 53 ? { allowed: true, connect: lab.dns } : null;
  }

  function decideV4(ipv4: number, host: string, port: number): GuardDecision {
    const ofLab = LAB_V4.some((block) => isInBlock(ipv4, block)) ? inLab(port) : null;
    if (ofLab !== null) return ofLab;
    const reason = refusalV4(ipv4);
    if (reason === null || isExemptV4(ipv4)) return { allowed: true, connect: { host, port } };
    return { allowed: false, reason: `${host} is not a public address: ${reason}` };
  }

  function decideV6(address: Address, port: number): GuardDecision {
    const host = address.toString();
    const ofLab = LAB_V6.some((cidr) => within(address, cidr)) ? inLab(port) : null;
    if (ofLab !== null) return ofLab;
    const reason = refusalV6(address);
    if (reason === null) return { allowed: true, connect: { host, port } };
    const embedded = embeddedIpv4(address);
    const ipv4 = embedded === null ? null : numberOf(embedded.toByteArray());
    // A translated form that is allowed must not open what it translates to.
    const embeddedReason = ipv4 === null || isExemptV4(ipv4) ? null : refusalV4(ipv4);
    const isExempt = allowed.some((cidr) => within(address, cidr));
    if (isExempt && embeddedReason === null) return { allowed: true, connect: { host, port } };
    const inner = embeddedReason === null ? '' : ` of ${String(embedded)} (${embeddedReason})`;
    return { allowed: false, reason: `${host} is not a public address: ${reason}${inner}` };
  }

  function check(text: string, port: number): GuardDecision {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      return { allowed: false, reason: `${port} is not a port` };
    }
    const plain = plainIpv4(text);
    if (plain !== null) return decideV4(plain, text, port);
    if (text.includes('%') || !ipaddr.isValid(text)) {
      return { allowed: false, reason: `${JSON.stringify(text)} is not an IP address` };
    }
    const address = ipaddr.parse(text);
    return address.kind() === 'ipv4'
      ? decideV4(numberOf(address.toByteArray()), address.toString(), port)
      : decideV6(address, port);
  }

  return {
    lab,
    check,
    checkResolver(text, port) {
      if (lab !== null && text === lab.dns.host && port === lab.dns.port)
        return { allowed: true, connect: lab.dns };
      return check(text, port);
    },
  };
}
