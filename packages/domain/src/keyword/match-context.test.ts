import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldSpace, storableText } from '../content/storable-text.ts';
import { contextOf } from './match-context.ts';

describe('contexts', () => {
  const unit = fc.constantFrom(
    ...'ab Ä会\n\0\u3000\u00a0\u0301'.split(''),
    ' ',
    ' ',
    'e\u0301',
    '\ud83d',
    '😀',
    'w'.repeat(90),
  );

  it('are what stands around a match, folded and storable, whatever the text holds', () => {
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 120 }), fc.nat(), fc.nat(), (text, a, b) => {
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        const around = text.slice(Math.max(0, start - 40), Math.min(end, start + 200) + 40);
        expect(contextOf(text, start, end)).toBe(storableText(foldSpace(around.toWellFormed()), 300));
      }),
      { numRuns: 500 },
    );
  });

  it('show no more than the beginning of a long match', () => {
    const text = `before ${'x'.repeat(1_000)} after`;
    expect(contextOf(text, 7, 1_007)).toBe(`before ${'x'.repeat(240)}`);
  });
});
