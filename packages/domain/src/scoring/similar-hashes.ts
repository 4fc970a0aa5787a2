/** Similarity hashes that differ in so many bits at most are of near-duplicates. */
const MAX_DISTANCE = 3;
/** Hashes that agree in a band and are compared with all others that do; larger crowds are parted again. */
const CROWD = 4_096;
/** Of a crowd that cannot be parted any more, each is compared with so many that come after it. */
const NEIGHBOURS = 64;
/** Comparisons between two chances for others to run. */
const COMPARISONS_A_TURN = 500_000;

/** Hashes of 64 bits in two halves; each is to be there once. */
interface Hashes {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

/** Bits `from` to `from + width - 1` of a hash, counted from the lowest, within one half. */
type Piece = readonly [from: number, width: number];

/**
 * Bits of which two similar hashes agree in one band at least: they differ in three bits, and there are four bands (Manku
 * et al. 2007, "Detecting near-duplicates for web crawling"). What agrees in a quarter is parted again by four bands of
 * the other 48 bits, so that a quarter that many pages share costs no more than others.
 */
const QUARTERS: readonly (readonly Piece[])[] = [[[0, 16]], [[16, 16]], [[32, 16]], [[48, 16]]];
const withinQuarter = (quarter: number): readonly (readonly Piece[])[] => {
  const [a = 0, b = 0, c = 0] = [0, 16, 32, 48].filter((_, index) => index !== quarter);
  return [
    [[a, 12]],
    [
      [a + 12, 4],
      [b, 8],
    ],
    [
      [b + 8, 8],
      [c, 4],
    ],
    [[c + 4, 12]],
  ];
};

/**
 * Calls `link` with the indices of hashes that differ in three bits at most. Yields now and then, for others to run; gives
 * the number of crowds that were not compared in full.
 */
export function* linkSimilar(
  hashes: Hashes,
  link: (one: number, other: number) => void,
  crowd = CROWD,
): Generator<void, number> {
  let comparisons = 0;
  let unparted = 0;

  function* compare(order: Int32Array, neighbours: number): Generator<void> {
    const { high, low } = hashes;
    for (let a = 0; a < order.length; a++) {
      const end = Math.min(order.length, a + 1 + neighbours);
      const one = at(order, a);
      for (let b = a + 1; b < end; b++) {
        const other = at(order, b);
        const distance = bitsOf(at(high, one) ^ at(high, other)) + bitsOf(at(low, one) ^ at(low, other));
        if (distance <= MAX_DISTANCE) link(one, other);
      }
      comparisons += end - a;
      if (comparisons < COMPARISONS_A_TURN) continue;
      comparisons = 0;
      yield;
    }
  }

  const all = Int32Array.from({ length: hashes.low.length }, (_, index) => index);
  for (const [index, quarter] of QUARTERS.entries())
    for (const alike of partedBy(hashes, all, quarter)) {
      if (alike.length <= crowd) {
        yield* compare(alike, crowd);
        continue;
      }
      for (const band of withinQuarter(index))
        for (const inner of partedBy(hashes, alike, band)) {
          if (inner.length > crowd) unparted++;
          yield* compare(inner, inner.length > crowd ? NEIGHBOURS : crowd);
          yield;
        }
    }
  return unparted;
}

const at = (array: Int32Array | Uint32Array | Uint16Array, index: number): number => array[index] ?? 0;

/** Those of `members` that agree in these bits, two at least, by counting. */
function* partedBy(
  { high, low }: Hashes,
  members: Int32Array,
  pieces: readonly Piece[],
): Generator<Int32Array> {
  const keys = new Uint16Array(members.length);
  for (let index = 0; index < members.length; index++) {
    let key = 0;
    for (const [from, width] of pieces) {
      const half = at(from < 32 ? low : high, at(members, index));
      key = (key << width) | ((half >>> (from % 32)) & ((1 << width) - 1));
    }
    keys[index] = key;
  }
  const starts = new Int32Array((1 << pieces.reduce((bits, [, width]) => bits + width, 0)) + 1);
  for (const key of keys) starts[key + 1] = at(starts, key + 1) + 1;
  for (let key = 1; key < starts.length; key++) starts[key] = at(starts, key) + at(starts, key - 1);
  const order = new Int32Array(members.length);
  const next = starts.slice();
  for (let index = 0; index < members.length; index++) {
    const key = at(keys, index);
    order[at(next, key)] = at(members, index);
    next[key] = at(next, key) + 1;
  }
  for (let key = 0; key + 1 < starts.length; key++)
    if (at(starts, key + 1) - at(starts, key) > 1) yield order.subarray(at(starts, key), at(starts, key + 1));
}

/** Number of bits set, of 32. */
function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
