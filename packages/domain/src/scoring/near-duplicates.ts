/** What can make two leads near-duplicates, in the order of the bits of a reason. */
export const GROUP_REASONS = ['body', 'simhash', 'favicon', 'certificate', 'tracker'] as const;
export type GroupReason = (typeof GROUP_REASONS)[number];

/** Similarity hashes that differ in so many bits at most are of near-duplicates. */
const MAX_DISTANCE = 3;
/** Two hashes that differ in three bits agree in one of four quarters at least. */
const BANDS = 4;
/** Hashes that agree in a quarter and are compared with all others that do; in larger crowds with the next ones only. */
const CROWD = 4_096;
const NEIGHBOURS = 64;
/** Comparisons between two chances for others to run. */
const COMPARISONS_A_TURN = 500_000;

/** Leads by number, 0 to n - 1, put together wherever something links two of them. */
export class NearDuplicates {
  readonly #parent: Int32Array;
  readonly #reasons: Uint8Array;
  /** Crowds of similar hashes that were not compared in full. */
  crowds = 0;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, index) => index);
    this.#reasons = new Uint8Array(size);
  }

  /** The least number of the group that the lead is in. */
  rootOf(lead: number): number {
    const parent = this.#parent;
    let root = lead;
    while (at(parent, root) !== root) root = at(parent, root);
    for (let next = lead; next !== root; ) {
      const above = at(parent, next);
      parent[next] = root;
      next = above;
    }
    return root;
  }

  /** What links the lead to others. */
  reasonsOf(lead: number): GroupReason[] {
    const bits = this.#reasons[lead] ?? 0;
    return GROUP_REASONS.filter((_, bit) => (bits & (1 << bit)) !== 0);
  }

  link(one: number, other: number, reason: GroupReason): void {
    const bit = 1 << GROUP_REASONS.indexOf(reason);
    this.#reasons[one] = at(this.#reasons, one) | bit;
    this.#reasons[other] = at(this.#reasons, other) | bit;
    const a = this.rootOf(one);
    const b = this.rootOf(other);
    if (a !== b) this.#parent[Math.max(a, b)] = Math.min(a, b);
  }

  /**
   * Links leads whose hashes differ in three bits at most. `leads[i]` has the hash of the upper and lower 32 bits
   * `high[i]` and `low[i]`; each hash is to be there once. Yields now and then, for others to run.
   */
  *linkSimilar(leads: Int32Array, high: Uint32Array, low: Uint32Array): Generator<void> {
    for (let band = 0; band < BANDS; band++) {
      const word = band < 2 ? low : high;
      const shift = (band % 2) * 16;
      const order = sortedBy(word, shift);
      yield;
      let comparisons = 0;
      for (let from = 0, to = 0; from < order.length; from = to) {
        const quarter = (at(word, at(order, from)) >>> shift) & 0xffff;
        to = from + 1;
        while (to < order.length && ((at(word, at(order, to)) >>> shift) & 0xffff) === quarter) to++;
        const isCrowd = to - from > CROWD;
        if (isCrowd) this.crowds++;
        for (let a = from; a < to; a++) {
          const end = isCrowd ? Math.min(to, a + 1 + NEIGHBOURS) : to;
          const one = at(order, a);
          for (let b = a + 1; b < end; b++) {
            const other = at(order, b);
            const distance = bitsOf(at(high, one) ^ at(high, other)) + bitsOf(at(low, one) ^ at(low, other));
            if (distance <= MAX_DISTANCE) this.link(at(leads, one), at(leads, other), 'simhash');
          }
          comparisons += end - a;
          if (comparisons < COMPARISONS_A_TURN) continue;
          comparisons = 0;
          yield;
        }
      }
    }
  }
}

const at = (array: Int32Array | Uint32Array | Uint8Array, index: number): number => array[index] ?? 0;

/** Indices in the order of 16 bits of their words, by counting; equal ones stay in their order. */
function sortedBy(words: Uint32Array, shift: number): Int32Array {
  const starts = new Int32Array(65_537);
  for (const word of words) {
    const after = ((word >>> shift) & 0xffff) + 1;
    starts[after] = at(starts, after) + 1;
  }
  for (let value = 0; value < 65_536; value++) starts[value + 1] = at(starts, value + 1) + at(starts, value);
  const order = new Int32Array(words.length);
  for (let index = 0; index < words.length; index++) {
    const value = (at(words, index) >>> shift) & 0xffff;
    const place = at(starts, value);
    starts[value] = place + 1;
    order[place] = index;
  }
  return order;
}

/** Number of bits set, of 32. */
function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
