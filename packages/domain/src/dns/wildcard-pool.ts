import type { DnsRecord } from './dns-port.ts';

/** After so many answers in a row that bring nothing new, the answers of a balanced wildcard are taken as known. */
const QUIET_ANSWERS = 12;

/** What random labels of a zone were answered with: the sets that a wildcard's answers are drawn from. */
export class WildcardPool {
  readonly #known = new Set<string>();
  readonly #targets = new Set<string>();
  /** Answers that brought something new after the first one. */
  #surprises = 0;
  #answers = 0;
  #quiet = 0;

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
    // Another alias was put there, unless random labels get one each.
    if (target !== null && this.#targets.size < 2) return false;
    const addresses = records.filter(({ type }) => type === 'A' || type === 'AAAA');
    if (addresses.length === 0) return false;
    const isKnown = (record: DnsRecord): boolean => this.#known.has(keyOf(record));
    return this.isOpen ? addresses.some(isKnown) : addresses.every(isKnown);
  }
}

const keyOf = ({ type, data }: DnsRecord): string => `${type} ${data}`;

/** Where a name is an alias for, null where it has records of its own. */
function aliasOf(records: readonly DnsRecord[]): string | null {
  const alias = records.find(({ type }) => type === 'CNAME');
  return alias === undefined ? null : alias.data.toLowerCase();
}
