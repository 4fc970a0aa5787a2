import { DomainFlowError } from '@domainflow/domain/errors.ts';
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

/** `allow` entries of the variable `DOMAINFLOW_ALLOW_TARGETS`: CIDRs or addresses separated by commas. */
export const allowListFromEnv = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

function parseAllowed(entry: string): Cidr {
  try {
    if (entry.includes('/')) return cidrOf(entry);
    const address = ipaddr.parse(entry);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch {
    throw new DomainFlowError(
      'INVALID_INPUT',
      `${JSON.stringify(entry)} is not a CIDR, such as 10.0.0.0/8.`,
      {
        field: 'DOMAINFLOW_ALLOW_TARGETS',
      },
    );
  }
}

const within = (address: Address, [base, bits]: Cidr): boolean =>
  // The library's overloads want both of one kind, which the first test makes sure of.
  address.kind() === base.kind() && (address as ipaddr.IPv4).match(base as ipaddr.IPv4, bits);

const compile = (ranges: typeof IPV4_REFUSED): { cidr: Cidr; meaning: string }[] =>
  ranges.map(({ cidr, meaning }) => ({ cidr: cidrOf(cidr), meaning }));

const REFUSED_V4 = compile(IPV4_REFUSED);
const REFUSED_V6 = compile(IPV6_REFUSED);
const GLOBAL_UNICAST = cidrOf(IPV6_GLOBAL_UNICAST);
const LAB = LAB_BLOCKS.map(cidrOf);

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
  if (address.kind() === 'ipv4' || within(address, PLAIN_LOW)) return null;
  const form = EMBEDDING.find(({ cidr }) => within(address, cidr));
  if (form === undefined) return null;
  const bytes = address.toByteArray().slice(form.at, form.at + 4);
  return ipaddr.fromByteArray(form.inverted ? bytes.map((byte) => byte ^ 0xff) : bytes);
}

/** Why the address is not of the public internet, null where it is. */
function refusal(address: Address): string | null {
  const ranges = address.kind() === 'ipv4' ? REFUSED_V4 : REFUSED_V6;
  const range = ranges.find(({ cidr }) => within(address, cidr));
  if (range !== undefined) return range.meaning;
  return address.kind() === 'ipv6' && !within(address, GLOBAL_UNICAST) ? 'not global unicast' : null;
}

/**
 * The guard against server-side request forgery: everything but public unicast addresses is refused, whatever form
 * it is written in. Throws a `DomainFlowError` on an `allow` entry that is no CIDR.
 */
export function createGuard({ allow = [], lab = null }: GuardOptions = {}): Guard {
  const allowed = allow.map(parseAllowed);
  const isExempt = (address: Address): boolean => allowed.some((cidr) => within(address, cidr));

  function decide(address: Address, port: number): GuardDecision {
    const host = address.toString();
    if (lab !== null && LAB.some((cidr) => within(address, cidr))) {
      if (port === 80) return { allowed: true, connect: lab.http };
      if (port === 443) return { allowed: true, connect: lab.https };
      if (port === 53) return { allowed: true, connect: lab.dns };
    }
    const reason = refusal(address);
    if (reason === null) return { allowed: true, connect: { host, port } };
    const embedded = embeddedIpv4(address);
    // A translated form that is allowed must not open what it translates to.
    const embeddedReason = embedded === null || isExempt(embedded) ? null : refusal(embedded);
    if (isExempt(address) && embeddedReason === null) return { allowed: true, connect: { host, port } };
    const inner = embeddedReason === null ? '' : ` of ${String(embedded)} (${embeddedReason})`;
    return { allowed: false, reason: `${host} is not a public address: ${reason}${inner}` };
  }

  function check(text: string, port: number): GuardDecision {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      return { allowed: false, reason: `${port} is not a port` };
    }
    if (text.includes('%') || !ipaddr.isValid(text)) {
      return { allowed: false, reason: `${JSON.stringify(text)} is not an IP address` };
    }
    return decide(ipaddr.parse(text), port);
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
