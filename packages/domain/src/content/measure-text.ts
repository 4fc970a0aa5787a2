import { foldUnits } from '../keyword/fold-case.ts';
import { classTable, UNIT } from '../keyword/word-boundary.ts';

export interface TextMeasures {
  readonly wordCount: number;
  readonly simhash: string | null;
}

/** Words of fewer texts are alike by chance. */
const LEAST_WORDS = 12;

/**
 * Counts words and makes a similarity hash (Charikar) of 64 bits over all runs of three words: texts that share most of
 * those differ in few bits. Case does not count; characters of scripts without blanks are words.
 */
export function measureText(text: string): TextMeasures {
  const parts = wordUnits();
  shingles.clear();
  const { length } = text;
  let hash = SEED;
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at);
    const part = parts[unit] as number;
    if (part > 0) {
      hash = Math.imul(hash ^ part, PRIME);
      continue;
    }
    if (hash !== SEED) shingles.addWord(hash);
    hash = SEED;
    if (part < 0) shingles.addWord(Math.imul(SEED ^ unit, PRIME));
  }
  if (hash !== SEED) shingles.addWord(hash);
  const { wordCount } = shingles;
  return { wordCount, simhash: wordCount < LEAST_WORDS ? null : shingles.digest() };
}

let table: Int32Array | null = null;

/** For units of words their lower case, -1 for those of scripts without blanks, 0 for what stands between words. */
function wordUnits(): Int32Array {
  if (table !== null) return table;
  const folds = foldUnits();
  table = Int32Array.from(classTable(), (kind, unit) =>
    kind === UNIT.word || kind === UNIT.surrogate ? (folds[unit] as number) : kind === UNIT.unspaced ? -1 : 0,
  );
  return table;
}

/** The bits of all runs of three words, added up. */
class ShingleSums {
  wordCount = 0;
  private readonly sums = new BitCounts();
  private before = 0;
  private beforeThat = 0;

  addWord(hash: number): void {
    const word = mix(hash);
    if (++this.wordCount >= 3) {
      const joined = (Math.imul(this.beforeThat, 31) + Math.imul(this.before, 17) + word) | 0;
      this.sums.add(mix(joined), mix(joined ^ 0x9e3779b9));
    }
    this.beforeThat = this.before;
    this.before = word;
  }

  clear(): void {
    this.wordCount = 0;
    this.sums.clear();
  }

  digest(): string {
    return this.sums.majority();
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

const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

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

  clear(): void {
    // What else stands in them is written before it is read.
    this.planes.fill(0);
    this.added = 0;
  }

  /** The bits that were set in more than half of the words, 16 hexadecimal digits. */
  majority(): string {
    return this.majorityOf(1) + this.majorityOf(0);
  }

  private majorityOf(half: 0 | 1): string {
    const used = 32 - Math.clz32(this.added);
    let word = 0;
    for (let bit = 0; bit < 32; bit++) {
      let count = 0;
      for (let plane = 0; plane < used; plane++) {
        const at = plane * 2 + half;
        count += (((this.planes[at] as number) >>> bit) & 1) << plane;
        if (((this.added >>> plane) & 1) !== 0)
          count += (((this.waiting[at] as number) >>> bit) & 1) << plane;
      }
      if (count * 2 > this.added) word |= 1 << bit;
    }
    return (word >>> 0).toString(16).padStart(8, '0');
  }
}

/** Made once: a page's sums are taken before those of the next begin. */
const shingles = new ShingleSums();
