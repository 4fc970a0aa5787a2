import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './compile-pattern.ts';
import { patternSchema } from './pattern.ts';
import { previewPattern } from './preview-pattern.ts';
import { sampleOffsets } from './sample-offsets.ts';

describe('sampleOffsets', () => {
  it('gives one offset in each equal part of the space, all where there are few', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 60n }), fc.integer({ min: 0, max: 100 }), (size, n) => {
        const offsets = sampleOffsets(size, n);
        expect(offsets.length).toBe(size < BigInt(n) ? Number(size) : n);
        offsets.forEach((offset, i) => {
          if (size <= BigInt(n)) return expect(offset).toBe(BigInt(i));
          expect(offset >= (BigInt(i) * size) / BigInt(n)).toBe(true);
          expect(offset < (BigInt(i + 1) * size) / BigInt(n)).toBe(true);
        });
        expect(sampleOffsets(size, n)).toEqual(offsets);
      }),
    );
  });
});

describe('previewPattern', () => {
  const pattern = patternSchema.parse({
    pattern: 'both',
    constantPart: 'shop',
    prefixVariableLength: 2,
    suffixVariableLength: 2,
    charSet: 'abcdefghijklmnopqrstuvwxyz-',
    tlds: ['com', 'net', 'de'],
  });

  it('shows names from across what is left, under every TLD', () => {
    const { size, available, sample } = previewPattern({ ...pattern, startOffset: '1000' }, 30);
    expect(size).toBe(27n ** 4n * 3n);
    expect(available).toBe(size - 1000n);
    expect(sample.length).toBeGreaterThan(25);
    const space = compilePattern(pattern);
    for (const { offset, name } of sample) expect(space.offsetOf(name)).toBe(offset);
    const offsets = sample.map(({ offset }) => offset);
    expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(sample.map(({ name }) => name.split('.')[1]))).toEqual(new Set(['com', 'net', 'de']));
  });

  it('shows all of a small space, and nothing past its end', () => {
    const small = patternSchema.parse({
      pattern: 'prefix',
      prefixVariableLength: 1,
      charSet: 'ab',
      tlds: ['com'],
    });
    expect(previewPattern(small, 10).sample.map(({ name }) => name)).toEqual(['a.com', 'b.com']);
    expect(previewPattern({ ...small, startOffset: '2' }, 10)).toEqual({
      size: 2n,
      available: 0n,
      sample: [],
    });
  });

  it.each([
    {
      pattern: 'dictionary',
      lists: [{ words: ['red', 'blue', 'green'] }, { words: ['car', 'van'] }],
      tlds: ['com'],
    },
    { pattern: 'typosquat', seeds: ['example.com', 'example.de'] },
  ])('shows names from across any space: $pattern', (input) => {
    const parsed = patternSchema.parse(input);
    const { size, sample } = previewPattern(parsed, 5);
    const space = compilePattern(parsed);
    expect(space.size).toBe(size);
    expect(sample.length).toBe(5);
    for (const { offset, name } of sample) expect(space.offsetOf(name)).toBe(offset);
  });
});
