import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureText, simhashDistance } from './measure-text.ts';

const words = Array.from({ length: 400 }, (_, i) => `word${(i * 7_919) % 1_009}`);
const hashOf = (text: string): string => measureText(text).simhash ?? '';

describe('words', () => {
  it.each([
    ['', 0],
    ['one two, three.', 3],
    ['naïve café 42', 3],
    ['日本語', 3],
    ['Hello 世界!', 3],
    ['สวัสดี', 6],
    ['😀 x', 2],
  ])('%j has %i', (text, count) => {
    expect(measureText(text).wordCount).toBe(count);
  });
});

describe('similarity', () => {
  const text = words.join(' ');

  it('is the same whatever the case, blanks and punctuation', () => {
    expect(hashOf(text)).toMatch(/^[0-9a-f]{16}$/);
    expect(hashOf(words.join(',\n').toUpperCase())).toBe(hashOf(text));
    expect(measureText('too short to compare').simhash).toBeNull();
  });

  it('is close for texts that differ a little, far for others', () => {
    const changed = words.map((word, i) => (i % 100 === 50 ? 'changed' : word)).join(' ');
    const other = words.map((word) => `${word}x`).join(' ');
    expect(simhashDistance(hashOf(text), hashOf(changed))).toBeLessThanOrEqual(8);
    expect(simhashDistance(hashOf(text), hashOf(other))).toBeGreaterThan(16);
  });

  it('has bits that are those of most runs of three words', () => {
    // Texts of one run repeated have the hash of that run, whatever its length.
    expect(hashOf('a b c '.repeat(50))).not.toBe(hashOf('a b d '.repeat(50)));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'abcdef'), { minLength: 12, maxLength: 60 }), (letters) => {
        const one = hashOf(letters.join(' '));
        expect(simhashDistance(one, one)).toBe(0);
        expect(one).toHaveLength(16);
      }),
    );
  });
});
