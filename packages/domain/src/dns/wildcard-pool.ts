import { networkOf } from './address-network.ts';
import type { DnsRecord } from './dns-port.ts';

/** After so many answers in a row that bring nothing new, the answers of a balanced wildcard are taken as known. */
const QUIET_ANSWERS = 12;
/** Networks that addresses are compared by where there are too many of them, the smallest first. */
const NETWORKS = [
  { ipv4: 24, ipv6: 48 },
  { ipv4: 16, ipv6: 32 },
] as const;

/** What random labels of a zone were answered with: the sets that a wildcard's answers are drawn from. */
export class WildcardPool {
  readonly #known = new Set<string>();
  readonly #targets = new Set<string>();
  /** Answers that brought something new after the first one. */
  #surprises = 0;
  #answers = 0;
  #quiet = 0;
  readonly #networks = NETWORKS.map((bits) => ({ bits, known: new Set<string>(), quiet: 0 }));

  /** Takes the records that a random label was answered with. */
  add(records: readonly DnsRecord[]): void {
    const before = this.#known.size;
    const target = aliasOf(records);
    if (target !== null) this.#targets.add(target);
    for (const record of records) this.#known.add(keyOf(record));
    const isNew = this.#known.size > before;
    this.#answers += 1;
    if (isNew && this.#answers > 1) this.#surprises += 1;
    this.#quiet = isNew ? 0 : this.#quiet + 1;
    const addresses = records.filter(isAddress);
    for (const network of this.#networks) {
      const knownBefore = network.known.size;
      for (const { data } of addresses) network.known.add(networkOf(data, network.bits));
      network.quiet = network.known.size > knownBefore ? 0 : network.quiet + 1;
    }
  }

  /** Different random labels got different answers: a balanced wildcard, which more probes may know better. */
  get isRotating(): boolean {
    return this.#surprises > 0;
  }

  /** Answers of random labels so far. */
  get answers(): number {
    return this.#answers;
  }

  /** More answers would hardly bring anything new. */
  get isKnownWell(): boolean {
    return this.#quiet >= 2 * QUIET_ANSWERS;
  }

  /** The last answers still brought something new: there is more than is known. */
  get isOpen(): boolean {
    return this.isRotating && this.#quiet < QUIET_ANSWERS;
  }

  /**
   * True where a name's records are the wildcard's: an alias of the same target, or no address that a random label was not
   * answered with. While the pool is open, one in common is enough.
   */
  covers(records: readonly DnsRecord[]): boolean {
    const target = aliasOf(records);
    if (target !== null && this.#targets.has(target)) return true;
    if (this.#isAliasOfItsOwn(target)) return false;
    const addresses = records.filter(isAddress);
    if (addresses.length === 0) return false;
    const isKnown = (record: DnsRecord): boolean => this.#known.has(keyOf(record));
    return this.isOpen ? addresses.some(isKnown) : addresses.every(isKnown);
  }

  /**
   * For a pool that stays open however many labels are asked: true where a name's addresses may be of it all the same. They
   * are held against the smallest networks of which the last answers brought no new one; where there is none, an address
   * of its own says nothing.
   */
  mayCover(records: readonly DnsRecord[]): boolean {
    const addresses = records.filter(isAddress);
    if (!this.isOpen || addresses.length === 0 || this.#isAliasOfItsOwn(aliasOf(records))) return false;
    const told = this.#networks.find(({ quiet }) => quiet >= QUIET_ANSWERS);
    return told === undefined || addresses.every(({ data }) => told.known.has(networkOf(data, told.bits)));
  }

  /** Another alias was put there, unless random labels get one each. */
  #isAliasOfItsOwn(target: string | null): boolean {
    return target !== null && this.#targets.size < 2;
  }
}

/** Whether the record is an address of either kind. */
export const isAddress = ({ type }: DnsRecord): boolean => type === 'A' || type === 'AAAA';

const keyOf = ({ type, data }: DnsRecord): string => `${type} ${data}`;

/** Where a name is an alias for, null where it has records of its own. */
function aliasOf(records: readonly DnsRecord[]): string | null {
  const alias = records.find(({ type }) => type === 'CNAME');
  return alias === undefined ? null : alias.data.toLowerCase();
}
