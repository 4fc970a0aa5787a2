import type { DnsAnswer, DnsPort, DnsResolver } from '@domainflow/domain/dns/dns-port.ts';
import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { formatEndpoint } from '../dns/resolver-address.ts';
import type { Guard } from '../guard/guard.ts';

/**
 * Addresses of a name; `[]` where it has none, rejects where nobody could say. `via` is the address of the server that
 * redirected to the name, null where the name was asked for by itself.
 */
export type AddressLookup = (name: string, via: string | null) => Promise<string[]>;

/** How long an answer is used again, whatever its TTL: redirects of one batch meet the same few names. */
const KEPT_MS = 60_000;
const NAMES_KEPT = 10_000;

const never = new AbortController().signal;

/**
 * Looks addresses up by our own DNS engine, for `createHttpPort`: by the system's resolvers, and for redirects of the
 * lab's sites by the lab's, because no other knows its names. A and AAAA are asked at once; what is asked again soon
 * is answered from memory.
 */
export function createAddressLookup({ dns, guard }: { dns: DnsPort; guard: Guard }): AddressLookup {
  const known = new Map<string, { readonly addresses: Promise<string[]>; readonly untilMs: number }>();

  const isOfLab = (address: string): boolean => {
    const decision = guard.check(address, 443);
    return guard.lab !== null && decision.allowed && decision.connect === guard.lab.https;
  };

  function resolverFor(inLab: boolean): DnsResolver {
    const resolvers = inLab && guard.lab !== null ? [formatEndpoint(guard.lab.dns)] : [];
    return dns.resolver(dnsPersonaSchema.parse({ resolvers }));
  }

  async function ask(name: string, inLab: boolean): Promise<string[]> {
    const resolver = resolverFor(inLab);
    const answers = await Promise.all([
      resolver.query(name, 'A', never),
      resolver.query(name, 'AAAA', never),
    ]);
    const addresses = answers.flatMap(addressesOf);
    const undecided = answers.find((answer) => !isFinal(answer));
    if (addresses.length === 0 && undecided !== undefined) throw new Error(`DNS says ${undecided.rcode}`);
    return addresses;
  }

  return (name, via) => {
    const inLab = via !== null && isOfLab(via);
    const key = inLab ? `lab ${name}` : name;
    const nowMs = performance.now();
    const kept = known.get(key);
    if (kept !== undefined && kept.untilMs > nowMs) return kept.addresses;
    const addresses = ask(name, inLab);
    // The oldest goes first: a map keeps the order of insertion.
    known.delete(key);
    if (known.size >= NAMES_KEPT) known.delete(known.keys().next().value ?? key);
    known.set(key, { addresses, untilMs: nowMs + KEPT_MS });
    addresses.catch(() => known.delete(key));
    return addresses;
  };
}

const isFinal = (answer: DnsAnswer): boolean => answer.rcode === 'NOERROR' || answer.rcode === 'NXDOMAIN';

const addressesOf = (answer: DnsAnswer): string[] =>
  answer.records.filter(({ type }) => type === 'A' || type === 'AAAA').map(({ data }) => data);
