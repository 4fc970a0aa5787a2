import type { DnsRecord } from './dns-port.ts';

/** What random labels of a zone were answered with: the sets that a wildcard's answers are drawn from. */
export class WildcardPool {
  readonly #known = new Set<string>();
  readonly #targets = new Set<string>();
  /** Answers that brought something new after the first one. */
  #surprises = 0;
  #answers = 0;

  /** Takes the records that a random label was answered with. True: they held something new. */
  add(records: readonly DnsRecord[]): boolean {
    const before = this.#known.size;
    const target = aliasOf(records);
    if (target !== null) this.#targets.add(target);
    for (const record of records) this.#known.add(keyOf(record));
    const isNew = this.#known.size > before;
    this.#answers += 1;
    if (isNew && this.#answers > 1) this.#surprises += 1;
    return isNew;
  }

  /** Different random labels got different answers: a balanced wildcard, which more probes may know better. */
  get isRotating(): boolean {
    return this.#surprises > 0;
  }

  /**
   * True where a name's records are the wildcard's: an alias of the same target, or no address that a random label was not
   * answered with. With `isOpen` (the last probes still brought new records) one in common is enough.
   */
  covers(records: readonly DnsRecord[], isOpen: boolean): boolean {
    const target = aliasOf(records);
    if (target !== null && this.#targets.has(target)) return true;
    // Another alias was put there, unless random labels get one each.
    if (target !== null && this.#targets.size < 2) return false;
    const addresses = records.filter(({ type }) => type === 'A' || type === 'AAAA');
    if (addresses.length === 0) return false;
    const isKnown = (record: DnsRecord): boolean => this.#known.has(keyOf(record));
    return isOpen ? addresses.some(isKnown) : addresses.every(isKnown);
  }
}

const keyOf = ({ type, data }: DnsRecord): string => `${type} ${data}`;

/** Where a name is an alias for, null where it has records of its own. */
function aliasOf(records: readonly DnsRecord[]): string | null {
  const alias = records.find(({ type }) => type === 'CNAME');
  return alias === undefined ? null : alias.data.toLowerCase();
}
