import type { PhaseItem, PhaseItems } from '@domainflow/domain/phases/phase.ts';

/** Lines of an ordinal, a blank and a name. */
export interface NamesText {
  readonly count: number;
  readonly text: string;
}

/**
 * Domains of which nothing but the name is needed. They are kept as the text that came from the database, and each becomes
 * an object when it is asked for: the names of a batch wait for a second, and ten thousand objects would be copied by
 * the collector of garbage time and again.
 */
export class NameList implements PhaseItems {
  readonly #text: string;
  /** Where each line ends. */
  readonly #ends: Uint32Array;

  constructor(texts: readonly NamesText[]) {
    const filled = texts.filter(({ count }) => count > 0);
    this.#text = filled.map(({ text }) => text).join('\n');
    this.#ends = new Uint32Array(filled.reduce((sum, { count }) => sum + count, 0));
    let end = -1;
    for (let index = 0; index < this.#ends.length; index += 1) {
      end = this.#text.indexOf('\n', end + 1);
      this.#ends[index] = end === -1 ? this.#text.length : end;
    }
  }

  get length(): number {
    return this.#ends.length;
  }

  at(index: number): PhaseItem | undefined {
    const end = this.#ends[index];
    if (end === undefined) return undefined;
    const start = index === 0 ? 0 : (this.#ends[index - 1] as number) + 1;
    const blank = this.#text.indexOf(' ', start);
    const ordinal = Number(this.#text.slice(start, blank));
    return { ordinal, name: this.#text.slice(blank + 1, end), prior: null };
  }

  *[Symbol.iterator](): Iterator<PhaseItem> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index) as PhaseItem;
  }
}
