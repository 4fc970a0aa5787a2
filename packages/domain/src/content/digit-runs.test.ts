import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digitRuns } from './digit-runs.ts';

const found = (text: string): string[] => digitRuns(text, 7).map(({ start, end }) => text.slice(start, end));

it.each([
  ['', []],
  ['1234567', ['1234567']],
  ['123456', []],
  ['call 089/123 456-7, or 12-34', [' 089/123 456-7']],
  ['０３－１２３４', []],
  ['０３－１２３４－５', ['０３－１２３４－５']],
  ['٠٤ ٢٣٤ ٥٦٧٨', ['٠٤ ٢٣٤ ٥٦٧٨']],
  ['０３-１２３４-５６７８', ['０３-１２３４-５６７８']],
  ['a1234567b1234567', ['1234567', '1234567']],
])('%j', (text, runs) => {
  expect(found(text)).toEqual(runs);
});

it('finds every stretch that a look at each unit finds', () => {
  const text = fc.string({ unit: fc.constantFrom('1', '2', ' ', '-', '(', 'x', '5', '０'), maxLength: 80 });
  fc.assert(
    fc.property(text, (written) => {
      const stretches = written.match(/[0-9０-９ \u00a0.\-–()/+]+/g) ?? [];
      expect(found(written)).toEqual(
        stretches.filter((each) => (each.match(/[0-9０-９]/g) ?? []).length >= 7),
      );
    }),
    { numRuns: 2_000, seed: 7 },
  );
});
