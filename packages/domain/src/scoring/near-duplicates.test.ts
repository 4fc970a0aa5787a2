import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NearDuplicates } from './near-duplicates.ts';

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
      const found = new NearDuplicates(hashes.length);
      const high = Uint32Array.from(hashes, (hash) => Number(hash >> 32n));
      const low = Uint32Array.from(hashes, (hash) => Number(hash & 0xffffffffn));
      for (const _ of found.linkSimilar(Int32Array.from(hashes.keys()), high, low));
      expect(hashes.map((_, index) => found.rootOf(index))).toEqual(plainly(hashes));
    }),
  );
});

it('says what links a lead', () => {
  const found = new NearDuplicates(5);
  found.link(3, 1, 'favicon');
  found.link(4, 3, 'tracker');
  expect([0, 1, 2, 3, 4].map((lead) => found.rootOf(lead))).toEqual([0, 1, 2, 1, 1]);
  expect(found.reasonsOf(3)).toEqual(['favicon', 'tracker']);
  expect(found.reasonsOf(0)).toEqual([]);
});
