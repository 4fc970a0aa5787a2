import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NearDuplicates } from './near-duplicates.ts';
import { linkSimilar } from './similar-hashes.ts';

const distance = (a: bigint, b: bigint): number => (a ^ b).toString(2).replaceAll('0', '').length;

/** Groups by comparing every hash with every other. */
function plainly(hashes: readonly bigint[]): number[] {
  const roots = hashes.map((_, index) => index);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [i, a] of hashes.entries())
      for (const [j, b] of hashes.entries()) {
        const least = Math.min(roots[i] ?? 0, roots[j] ?? 0);
        if (distance(a, b) > 3 || (roots[i] === least && roots[j] === least)) continue;
        roots[i] = least;
        roots[j] = least;
        changed = true;
      }
  }
  return roots;
}

function grouped(hashes: readonly bigint[], crowd?: number): { roots: number[]; unparted: number } {
  const found = new NearDuplicates(hashes.length);
  const halves = {
    high: Uint32Array.from(hashes, (hash) => Number(hash >> 32n)),
    low: Uint32Array.from(hashes, (hash) => Number(hash & 0xffffffffn)),
  };
  const work = linkSimilar(halves, (one, other) => found.link(one, other, 'simhash'), crowd);
  let step = work.next();
  while (step.done !== true) step = work.next();
  return { roots: hashes.map((_, index) => found.rootOf(index)), unparted: step.value };
}

it('finds the groups that comparing all with all finds', () => {
  const base = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const near = fc
    .tuple(base, fc.array(fc.array(fc.nat(63), { maxLength: 5 }), { maxLength: 12 }))
    .map(([of, flips]) => [
      of,
      ...flips.map((bits) => bits.reduce((hash, bit) => hash ^ (1n << BigInt(bit)), of)),
    ]);
  fc.assert(
    fc.property(fc.array(near, { minLength: 1, maxLength: 4 }), (families) => {
      const hashes = [...new Set(families.flat())];
      expect(grouped(hashes).roots).toEqual(plainly(hashes));
      // Where each quarter is a crowd, the inner bands find the same.
      const parted = grouped(hashes, 2);
      if (parted.unparted === 0) expect(parted.roots).toEqual(plainly(hashes));
    }),
  );
});

describe('a quarter that many share', () => {
  /** Deterministic, spread over 48 bits. */
  const spread = (index: number): bigint => (BigInt(index) * 0x9e3779b97f4a7c15n) & 0xffffffffffffn;
  const crowdOf = (size: number, quarter: number): bigint[] =>
    Array.from({ length: size }, (_, index) => {
      const below = (1n << BigInt(quarter * 16)) - 1n;
      const rest = spread(index + 1);
      return ((rest & ~below) << 16n) | (0x1234n << BigInt(quarter * 16)) | (rest & below);
    });

  it('is compared in full and costs little', () => {
    for (const quarter of [0, 1, 2, 3]) {
      const hashes = crowdOf(20_000, quarter);
      // Differs from the first in one bit of each of the other quarters: only the shared one and an inner band tell.
      const [first = 0n] = hashes;
      const others = [0, 1, 2, 3].filter((each) => each !== quarter);
      hashes.push(others.reduce((hash, each) => hash ^ (1n << BigInt(each * 16 + 5)), first));
      const { roots, unparted } = grouped(hashes);
      expect(unparted).toBe(0);
      expect(roots.at(-1)).toBe(0);
    }
  });
});
