import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PlaceTable } from './place-table.ts';

test('it finds each word at its place, and no other text', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ maxLength: 6 })), fc.string({ maxLength: 6 }), (words, other) => {
      const table = new PlaceTable(words);
      for (const [place, word] of words.entries()) expect(table.placeOf(word)).toBe(place);
      expect(table.placeOf(other) ?? -1).toBe(words.indexOf(other));
    }),
  );
});

test('words that differ in little are found as fast as others', () => {
  const words = Array.from({ length: 200_000 }, (_, i) => `w${i}`);
  const table = new PlaceTable(words);
  expect(words.every((word, place) => table.placeOf(word) === place)).toBe(true);
  expect(table.placeOf('w200000')).toBeUndefined();
});
