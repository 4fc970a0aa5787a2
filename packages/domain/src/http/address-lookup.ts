import type { Clock } from '../clock.ts';
import type { DnsAnswer, DnsPort } from '../dns/dns-port.ts';
import { inquiryOrder } from '../dns/inquiry.ts';
import type { DnsPersona } from '../persona/dns-persona.ts';
import { RecentMap } from '../recent-map.ts';
import { type AddressLookup, LookupFailure } from './http-port.ts';

/** How long an answer is used again, whatever its TTL: redirects of one batch meet the same few names. */
const KEPT_MS = 60_000;
const NAMES_KEPT = 10_000;
/** Personas whose answers are kept; campaigns that run at once have few. */
const PERSONAS_KEPT = 16;

const never = new AbortController().signal;
const lookups = new WeakMap<DnsPort, RecentMap<AddressLookup>>();

/**
 * Addresses of names as this persona's resolvers know them, for redirect targets and for names that come without. The
 * same persona gets the same lookup, so that batches of a worker share what it remembers.
 */
export function addressLookup(persona: DnsPersona, ports: { dns: DnsPort; clock: Clock }): AddressLookup {
  const known = lookups.get(ports.dns) ?? new RecentMap<AddressLookup>(PERSONAS_KEPT);
  lookups.set(ports.dns, known);
  return known.of(JSON.stringify(persona), () => createLookup(persona, ports));
}

/** A and AAAA are asked for at once, as far as the persona asks for both; failures are not remembered. */
function createLookup(persona: DnsPersona, { dns, clock }: { dns: DnsPort; clock: Clock }): AddressLookup {
  const known = new Map<string, { readonly addresses: Promise<string[]>; readonly untilMs: number }>();
  const types = inquiryOrder(persona.recordTypes).filter((type) => type === 'A' || type === 'AAAA');

  async function ask(name: string): Promise<string[]> {
    const resolver = dns.resolver(persona);
    const answers = await Promise.all(types.map((type) => resolver.query(name, type, never)));
    const addresses = answers.flatMap(addressesOf);
    const undecided = answers.find((answer) => !isFinal(answer));
    if (addresses.length === 0 && undecided !== undefined) throw new LookupFailure(name, undecided.rcode);
    return addresses;
  }

  return (name) => {
    const nowMs = clock.nowMs();
    const kept = known.get(name);
    if (kept !== undefined && kept.untilMs > nowMs) return kept.addresses;
    const addresses = ask(name);
    known.delete(name);
    if (known.size >= NAMES_KEPT) known.delete(known.keys().next().value ?? name);
    const entry = { addresses, untilMs: nowMs + KEPT_MS };
    known.set(name, entry);
    addresses.catch(() => {
      if (known.get(name) === entry) known.delete(name);
    });
    return addresses;
  };
}

const isFinal = (answer: DnsAnswer): boolean => answer.rcode === 'NOERROR' || answer.rcode === 'NXDOMAIN';

const addressesOf = (answer: DnsAnswer): string[] =>
  answer.records.filter(({ type }) => type === 'A' || type === 'AAAA').map(({ data }) => data);
