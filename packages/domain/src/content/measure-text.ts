import { foldUnits } from '../keyword/fold-case.ts';
import { classTable, UNIT } from '../keyword/word-boundary.ts';

export interface TextMeasures {
  readonly wordCount: number;
  readonly simhash: string | null;
}

/** Words of fewer texts are alike by chance. */
const LEAST_WORDS = 12;

/** Counts the words of a text and makes its similarity hash: see `WordSums`. */
export function measureText(text: string): TextMeasures {
  const parts = wordUnits();
  const { length } = text;
  // Every unit may be a word.
  const hashes = new Int32Array(length);
  let count = 0;
  let hash = WORD_SEED;
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at);
    const part = parts[unit] as number;
    if (part > 0) {
      hash = Math.imul(hash ^ part, WORD_PRIME);
      continue;
    }
    if (hash !== WORD_SEED) hashes[count++] = hash;
    hash = WORD_SEED;
    if (part < 0) hashes[count++] = Math.imul(WORD_SEED ^ unit, WORD_PRIME);
  }
  if (hash !== WORD_SEED) hashes[count++] = hash;
  const words = new WordSums();
  words.add(hashes, count);
  return words.measures();
}

let table: Int32Array | null = null;

/** For units of words their lower case, -1 for those of scripts without blanks, 0 for what stands between words. */
export function wordUnits(): Int32Array {
  if (table !== null) return table;
  const folds = foldUnits();
  table = Int32Array.from(classTable(), (kind, unit) =>
    kind === UNIT.word || kind === UNIT.surrogate ? (folds[unit] as number) : kind === UNIT.unspaced ? -1 : 0,
  );
  return table;
}

/**
 * Counts words by their hashes (FNV-1a of their units in lower case) and makes a similarity hash (Charikar) of 64 bits
 * over all runs of three: texts that share most of those differ in few bits. Case does not count; characters of scripts
 * without blanks are words.
 */
export class WordSums {
  private wordCount = 0;
  private readonly runs = new BitCounts();
  private before = 0;
  private beforeThat = 0;

  /** Adds the first `count` of these hashes of words, which stand in the order of the text. */
  add(hashes: Int32Array, count: number): void {
    const { runs } = this;
    let { before, beforeThat } = this;
    for (let at = 0; at < count; at++) {
      const word = mix(hashes[at] as number);
      const joined = (Math.imul(beforeThat, 31) + Math.imul(before, 17) + word) | 0;
      if (this.wordCount + at >= 2) runs.add(mix(joined), mix(joined ^ 0x9e3779b9));
      beforeThat = before;
      before = word;
    }
    this.before = before;
    this.beforeThat = beforeThat;
    this.wordCount += count;
  }

  measures(): TextMeasures {
    const { wordCount } = this;
    return { wordCount, simhash: wordCount < LEAST_WORDS ? null : this.runs.majority() };
  }
}

/** Bits in which two hashes differ, 0 to 64. */
export function simhashDistance(a: string, b: string): number {
  let distance = 0;
  for (const from of [0, 8]) {
    let differing =
      Number.parseInt(a.slice(from, from + 8), 16) ^ Number.parseInt(b.slice(from, from + 8), 16);
    for (; differing !== 0; differing &= differing - 1) distance++;
  }
  return distance;
}

export const WORD_SEED = 0x811c9dc5 | 0;
export const WORD_PRIME = 0x01000193;

/** Final mixing of MurmurHash3: every bit of the hash comes to depend on every bit of the word. */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * How often each of 64 bits was set, as binary numbers that stand upright. Every plane holds back each second word until
 * the next one comes, and both are added to it in one step: that makes one step for each word that is added. The two
 * halves of a plane or word stand one after the other.
 */
class BitCounts {
  private readonly planes = new Int32Array(40);
  /** Words that wait: those of the planes whose bits are set in `added`. */
  private readonly waiting = new Int32Array(40);
  private added = 0;

  add(low: number, high: number): void {
    const { planes, waiting } = this;
    let carryLow = low;
    let carryHigh = high;
    let at = 0;
    for (let rest = this.added++; (rest & 1) !== 0; rest >>>= 1) {
      const digitsLow = planes[at] as number;
      const otherLow = waiting[at] as number;
      const differingLow = digitsLow ^ otherLow;
      planes[at] = differingLow ^ carryLow;
      carryLow = (digitsLow & otherLow) | (differingLow & carryLow);
      const digitsHigh = planes[at + 1] as number;
      const otherHigh = waiting[at + 1] as number;
      const differingHigh = digitsHigh ^ otherHigh;
      planes[at + 1] = differingHigh ^ carryHigh;
      carryHigh = (digitsHigh & otherHigh) | (differingHigh & carryHigh);
      at += 2;
    }
    waiting[at] = carryLow;
    waiting[at + 1] = carryHigh;
  }

  /** The bits that were set in more than half of the words, 16 hexadecimal digits. */
  majority(): string {
    return this.majorityOf(1) + this.majorityOf(0);
  }

  /** For all bits at once, from the lowest plane to the highest: their counts, and whether these are more than half. */
  private majorityOf(half: 0 | 1): string {
    const most = this.added >>> 1;
    let carry = 0;
    let word = 0;
    for (let plane = 0; this.added >>> plane !== 0; plane++) {
      const at = plane * 2 + half;
      const digits = this.planes[at] as number;
      const other = ((this.added >>> plane) & 1) === 0 ? 0 : (this.waiting[at] as number);
      const differing = digits ^ other;
      const counts = differing ^ carry;
      carry = (digits & other) | (differing & carry);
      const limit = -((most >>> plane) & 1);
      word = (counts & ~limit) | (word & ~(counts ^ limit));
    }
    return (word >>> 0).toString(16).padStart(8, '0');
  }
}
