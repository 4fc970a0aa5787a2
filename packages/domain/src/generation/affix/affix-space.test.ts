import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDomainName } from '../../domain-name/parse-domain-name.ts';
import type { Candidate } from '../candidate.ts';
import { compilePattern } from '../compile-pattern.ts';
import { generateRange } from '../generate-range.ts';
import type { NameSpace } from '../name-space.ts';
import { type AffixPattern, patternSchema } from '../pattern.ts';

/** Patterns that compile, with hyphens and characters beyond ASCII among them. */
const anyPattern: fc.Arbitrary<AffixPattern> = fc
  .record({
    pattern: fc.constantFrom('prefix' as const, 'suffix' as const, 'both' as const),
    constantPart: fc.constantFrom('', 'a', 'x-y', 'x--y', 'shop', 'bü', '\u05d0'),
    prefixVariableLength: fc.integer({ min: 1, max: 3 }),
    suffixVariableLength: fc.integer({ min: 1, max: 3 }),
    charSet: fc
      .uniqueArray(fc.constantFrom(...'abz09-éüж中א'), { minLength: 1, maxLength: 5 })
      .filter((characters) => characters.join('') !== '-')
      .map((characters) => characters.join('')),
    tlds: fc.uniqueArray(fc.constantFrom('com', 'co.uk', 'de', 'рф'), { minLength: 1, maxLength: 4 }),
  })
  .filter(({ pattern, constantPart, prefixVariableLength }) => {
    const at = constantPart.indexOf('--');
    return at < 0 || (pattern === 'suffix' ? 0 : prefixVariableLength) + at !== 2;
  })
  .map((input) => patternSchema.parse(input) as AffixPattern);

/** An offset of the space, anywhere in it. */
const offsetOf = (space: NameSpace, share: number): bigint =>
  (space.size * BigInt(Math.floor(share * 2 ** 32))) >> 32n;
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const collect = (space: NameSpace, lo: bigint, hi: bigint): Candidate[] => {
  const candidates: Candidate[] = [];
  for (let at = lo; at < hi; at++) candidates.push(space.nameAt(at));
  return candidates;
};

describe('a space of names', () => {
  it('maps each offset to one name and back (G2, G6)', () => {
    fc.assert(
      fc.property(anyPattern, share, (pattern, at) => {
        const space = compilePattern(pattern);
        const offset = offsetOf(space, at);
        const candidate = space.nameAt(offset);
        if (!candidate.ok) return;
        expect(space.offsetOf(candidate.name)).toBe(offset);
        expect(parseDomainName(candidate.name)).toEqual(candidate);
      }),
      { numRuns: 1_500 },
    );
  });

  it('walks a range as it answers for single offsets (G3, G4, G7)', () => {
    fc.assert(
      fc.property(anyPattern, share, fc.nat(150), (pattern, at, length) => {
        const space = compilePattern(pattern);
        const lo = offsetOf(space, at);
        const hi = lo + BigInt(length) < space.size ? lo + BigInt(length) : space.size;
        const candidates = collect(space, lo, hi);
        const { domains, skipped } = generateRange(space, lo, hi, 7);
        expect(domains).toEqual(
          candidates.flatMap((candidate, i) =>
            candidate.ok ? [{ ordinal: 7 + i, name: candidate.name }] : [],
          ),
        );
        const reasons: Record<string, number> = {};
        for (const candidate of candidates) {
          if (!candidate.ok) reasons[candidate.reason] = (reasons[candidate.reason] ?? 0) + 1;
        }
        expect(skipped).toEqual(reasons);
      }),
      { numRuns: 500 },
    );
  });

  it('never gives a name twice, and an offset for no name that it does not give (G1, G2)', () => {
    const pattern = patternSchema.parse({
      pattern: 'both',
      constantPart: 'e',
      prefixVariableLength: 2,
      suffixVariableLength: 2,
      charSet: 'ex-é',
      tlds: ['com', 'de'],
    });
    const space = compilePattern(pattern);
    expect(space.size).toBe(4n ** 4n * 2n);
    const names = collect(space, 0n, space.size).flatMap((candidate) =>
      candidate.ok ? [candidate.name] : [],
    );
    expect(new Set(names).size).toBe(names.length);
    for (const other of [
      '',
      'com',
      '.com',
      'exexe',
      'exexe.net',
      'exexex.com',
      'EXEXE.com',
      'ex-xe.com',
      'xn--a.com',
    ]) {
      expect(space.offsetOf(other)).toBe(null);
    }
    // Spelled with the space's characters, but no name.
    expect(space.offsetOf('-xexe.com')).toBe(null);
    expect(space.offsetOf('exe--.com')).toBe(null);
  });

  it('counts upwards from the last place, TLD first', () => {
    const pattern = { pattern: 'both', constantPart: 'm', prefixVariableLength: 1, suffixVariableLength: 1 };
    const space = compilePattern(patternSchema.parse({ ...pattern, charSet: 'ba', tlds: ['net', '.COM'] }));
    const names = collect(space, 0n, space.size).map((candidate) => (candidate.ok ? candidate.name : ''));
    expect(names).toEqual([
      'ama.com',
      'ama.net',
      'amb.com',
      'amb.net',
      'bma.com',
      'bma.net',
      'bmb.com',
      'bmb.net',
    ]);
  });

  it('answers anywhere in a space far beyond 2^64', () => {
    const charSet = 'abcdefghijklmnopqrstuvwxyz0123456789';
    const pattern = patternSchema.parse({
      pattern: 'prefix',
      prefixVariableLength: 38,
      charSet,
      tlds: ['com'],
    });
    const space = compilePattern(pattern);
    expect(space.size).toBe(36n ** 38n);
    const last = space.size - 1n;
    expect(space.nameAt(last)).toEqual({ ok: true, name: `${'z'.repeat(38)}.com` });
    const lo = 2n ** 190n + 12_345n;
    const { domains } = generateRange(space, lo, lo + 5_000n);
    expect(domains.length).toBe(5_000);
    expect(domains.every(({ ordinal, name }) => space.offsetOf(name) === lo + BigInt(ordinal))).toBe(true);
  });

  it('skips and counts what is no name, by reason', () => {
    const reasonsOf = (input: object): unknown => {
      const space = compilePattern(patternSchema.parse({ tlds: ['com'], ...input }));
      return generateRange(space, 0n, space.size).skipped;
    };
    // Three of the nine pairs begin with a hyphen, two more end with one.
    expect(reasonsOf({ pattern: 'prefix', prefixVariableLength: 2, charSet: 'ab-' })).toEqual({
      HYPHEN_EDGE: 5,
    });
    expect(
      reasonsOf({
        pattern: 'both',
        constantPart: 'ab',
        prefixVariableLength: 1,
        suffixVariableLength: 2,
        charSet: 'x-',
      }),
    ).toEqual({ HYPHEN_EDGE: 6 });
    expect(
      reasonsOf({ pattern: 'suffix', constantPart: 'xn-', suffixVariableLength: 2, charSet: 'a-' }),
    ).toEqual({ HYPHEN_EDGE: 2, HYPHEN_34: 1 });
    // The middle dot of Catalan stands between two l and nowhere else (RFC 5892, appendix A.3).
    expect(reasonsOf({ pattern: 'prefix', prefixVariableLength: 3, charSet: 'l\u00b7' })).toEqual({
      BAD_IDN: 6,
    });
    expect(reasonsOf({ pattern: 'prefix', prefixVariableLength: 2, charSet: 'a\u0436' })).toEqual({
      MIXED_SCRIPTS: 2,
    });
    // `co` and `me` are public suffixes below `uk`.
    expect(reasonsOf({ pattern: 'prefix', prefixVariableLength: 2, charSet: 'come', tlds: ['uk'] })).toEqual({
      IS_PUBLIC_SUFFIX: 2,
    });
    // A right-to-left letter after a left-to-right one.
    expect(reasonsOf({ pattern: 'prefix', prefixVariableLength: 2, charSet: 'a\u05d0' })).toEqual({
      BAD_IDN: 2,
    });
    expect(
      reasonsOf({ pattern: 'suffix', constantPart: 'ü'.repeat(61), suffixVariableLength: 1, charSet: 'ж中' }),
    ).toEqual({ LABEL_TOO_LONG: 2 });
  });

  it('refuses ranges outside of itself', () => {
    const space = compilePattern(
      patternSchema.parse({ pattern: 'prefix', prefixVariableLength: 1, charSet: 'ab', tlds: ['com'] }),
    );
    for (const offset of [-1n, space.size]) expect(() => space.nameAt(offset)).toThrow(RangeError);
    expect(() => generateRange(space, 1n, 3n)).toThrow(RangeError);
    expect(() => generateRange(space, 2n, 1n)).toThrow(RangeError);
    expect(() => generateRange(space, 0n, 3n)).toThrow(RangeError);
    expect(generateRange(space, 2n, 2n)).toEqual({ domains: [], skipped: {} });
  });
});
