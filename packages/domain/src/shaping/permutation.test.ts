import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPermutation } from './permutation.ts';

const keys = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 16, maxLength: 16 })
  .map((bytes) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(''));
const KEY = '000102030405060708090a0b0c0d0e0f';

test('every position has its own ordinal below the size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_000 }), keys, (size, key) => {
      const { ordinalAt } = createPermutation(size, key);
      const ordinals = Array.from({ length: size }, (_, position) => ordinalAt(position));
      expect(ordinals.toSorted((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, index) => index));
    }),
    { numRuns: 200 },
  );
});

test('position and ordinal are inverse at any size', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), keys, (a, b, key) => {
      const size = Math.abs(a) + 1;
      if (!Number.isSafeInteger(size)) return;
      const value = Math.abs(b) % size;
      const permutation = createPermutation(size, key);
      const ordinal = permutation.ordinalAt(value);
      expect(ordinal).toBeGreaterThanOrEqual(0);
      expect(ordinal).toBeLessThan(size);
      expect(permutation.positionOf(ordinal)).toBe(value);
      expect(permutation.ordinalAt(permutation.positionOf(value))).toBe(value);
    }),
    { numRuns: 2_000 },
  );
});

function correlation(values: readonly number[]): number {
  const n = values.length;
  const mean = (n - 1) / 2;
  let xy = 0;
  let xx = 0;
  for (const [x, y] of values.entries()) {
    xy += (x - mean) * (y - mean);
    xx += (x - mean) ** 2;
  }
  return xy / xx;
}

test.each([5_000, 65_537, 200_000])('positions do not follow ordinals (%i)', (size) => {
  const { ordinalAt } = createPermutation(size, KEY);
  const ordinals = Array.from({ length: size }, (_, position) => ordinalAt(position));
  expect(Math.abs(correlation(ordinals))).toBeLessThan(5 / Math.sqrt(size));
  // Neighbours must not stay neighbours either: their distance is a third of the size on average.
  let distance = 0;
  for (let at = 1; at < size; at++) distance += Math.abs((ordinals[at] ?? 0) - (ordinals[at - 1] ?? 0));
  expect(distance / (size - 1) / size).toBeGreaterThan(0.32);
  expect(distance / (size - 1) / size).toBeLessThan(0.347);
});

test('each bit of the key counts', () => {
  fc.assert(
    fc.property(keys, fc.integer({ min: 0, max: 31 }), fc.integer({ min: 1, max: 15 }), (key, at, flip) => {
      const digit = (Number.parseInt(key[at] ?? '0', 16) ^ flip).toString(16);
      const other = createPermutation(10_000, key.slice(0, at) + digit + key.slice(at + 1));
      const { ordinalAt } = createPermutation(10_000, key);
      let same = 0;
      for (let position = 0; position < 1_000; position++)
        if (ordinalAt(position) === other.ordinalAt(position)) same++;
      expect(same).toBeLessThan(10);
    }),
  );
});

test('what lies outside has no place', () => {
  const { ordinalAt, positionOf } = createPermutation(10, KEY);
  for (const outside of [-1, 10, 0.5, Number.NaN]) {
    expect(() => ordinalAt(outside)).toThrow();
    expect(() => positionOf(outside)).toThrow();
  }
  expect(() => createPermutation(10, 'short')).toThrow();
});
