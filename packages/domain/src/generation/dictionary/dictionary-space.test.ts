import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDomainName } from '../../domain-name/parse-domain-name.ts';
import { compilePattern, MAX_SPACE_SIZE } from '../compile-pattern.ts';
import { generateRange } from '../generate-range.ts';
import type { NameSpace } from '../name-space.ts';
import { CONSTANT_POSITIONS, type DictionaryPattern, patternSchema } from '../pattern.ts';
import { wordListHash } from './word-list-hash.ts';

const patternOf = (input: object): DictionaryPattern =>
  patternSchema.parse({ pattern: 'dictionary', tlds: ['com'], ...input }) as DictionaryPattern;

const words = (...lists: string[]): object => ({ lists: lists.map((list) => ({ words: list.split(' ') })) });

/** Each offset's name, or its reason in capitals. */
const namesOf = (space: NameSpace): string[] =>
  Array.from({ length: Number(space.size) }, (_, at) => {
    const candidate = space.nameAt(BigInt(at));
    return candidate.ok ? candidate.name : candidate.reason;
  });

/** Words of few letters, so that most joins can be read in several ways. */
const anyWord = fc.string({ unit: fc.constantFrom(...'aab-é'), minLength: 1, maxLength: 3 });
const anyPattern: fc.Arbitrary<DictionaryPattern> = fc
  .record({
    lists: fc.array(fc.record({ words: fc.uniqueArray(anyWord, { minLength: 1, maxLength: 5 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    constantPart: fc.constantFrom('', 'a', 'ab', 'a-b', 'é'),
    constantPosition: fc.constantFrom(...CONSTANT_POSITIONS),
    separators: fc.uniqueArray(fc.constantFrom('', '-', 'a', '--'), { minLength: 1, maxLength: 3 }),
    tlds: fc.uniqueArray(fc.constantFrom('com', 'de', 'co.uk', 'рф'), { minLength: 1, maxLength: 2 }),
    enforceUniqueness: fc.boolean(),
  })
  .map(patternOf);

describe('a dictionary', () => {
  it('joins words in the order of their lists, then constant, separator and TLD', () => {
    const input = {
      ...words('red blue', 'car van'),
      constantPart: 'my',
      constantPosition: 'either',
      separators: ['-', ''],
      tlds: ['net', 'com'],
    };
    const space = compilePattern(patternOf(input));
    expect(space.size).toBe(2n * 2n * 2n * 2n * 2n);
    expect(namesOf(space).slice(0, 10)).toEqual([
      'myredcar.com',
      'myredcar.net',
      'my-red-car.com',
      'my-red-car.net',
      'redcarmy.com',
      'redcarmy.net',
      'red-car-my.com',
      'red-car-my.net',
      'myredvan.com',
      'myredvan.net',
    ]);
    expect(space.offsetOf('blue-van-my.net')).toBe(31n);
  });

  it.each([
    ['before', ['x-a-b', 'x-a-c']],
    ['after', ['a-b-x', 'a-c-x']],
    ['between', ['a-x-b', 'a-x-c']],
    ['either', ['x-a-b', 'a-b-x', 'x-a-c', 'a-c-x']],
  ])('puts the constant part %s', (constantPosition, labels) => {
    const input = { ...words('a', 'b c'), constantPart: 'x', constantPosition, separators: ['-'] };
    expect(namesOf(compilePattern(patternOf(input)))).toEqual(labels.map((label) => `${label}.com`));
  });

  it('has no separators where nothing is joined', () => {
    expect(namesOf(compilePattern(patternOf({ ...words('a b'), separators: ['', '-'] })))).toEqual([
      'a.com',
      'b.com',
    ]);
  });

  it('gives a name at its lowest offset and counts the others', () => {
    const input = { ...words('a ab', 'bc c'), tlds: ['com'] };
    const space = compilePattern(patternOf(input));
    expect(space.mayRepeat).toBe(true);
    expect(namesOf(space)).toEqual(['abc.com', 'ac.com', 'abbc.com', 'DUPLICATE']);
    expect(generateRange(space, 0n, 4n).skipped).toEqual({ DUPLICATE: 1 });
    expect(space.offsetOf('abc.com')).toBe(0n);
    const all = compilePattern(patternOf({ ...input, enforceUniqueness: false }));
    expect(namesOf(all)).toEqual(['abc.com', 'ac.com', 'abbc.com', 'abc.com']);
    expect(all.offsetOf('abc.com')).toBe(0n);
  });

  it('knows where nothing can repeat', () => {
    expect(compilePattern(patternOf({ ...words('a ab', 'bc c'), separators: ['-'] })).mayRepeat).toBe(false);
    expect(
      compilePattern(patternOf({ ...words('a ab'), constantPart: 'shop', separators: ['', '-'] })).mayRepeat,
    ).toBe(false);
    expect(
      compilePattern(patternOf({ ...words('a -a'), constantPart: 'shop', separators: ['', '-'] })).mayRepeat,
    ).toBe(true);
  });

  it('maps offsets and names to each other, as counting by hand does (G2, G3, G4, G6, G7, G9)', () => {
    fc.assert(
      fc.property(anyPattern, (pattern) => {
        const space = compilePattern(pattern);
        const seen = new Map<string, number>();
        const reasons: Record<string, number> = {};
        const domains: { ordinal: number; name: string }[] = [];
        for (let at = 0; at < Number(space.size); at++) {
          const candidate = space.nameAt(BigInt(at));
          if (!candidate.ok) {
            reasons[candidate.reason] = (reasons[candidate.reason] ?? 0) + 1;
            continue;
          }
          const first = seen.get(candidate.name);
          if (first !== undefined) {
            expect(space.mayRepeat && !pattern.enforceUniqueness).toBe(true);
          } else {
            seen.set(candidate.name, at);
            expect(parseDomainName(candidate.name)).toEqual(candidate);
          }
          expect(space.offsetOf(candidate.name)).toBe(BigInt(first ?? at));
          domains.push({ ordinal: at, name: candidate.name });
        }
        expect(generateRange(space, 0n, space.size)).toEqual({ domains, skipped: reasons });
        // With repeats counted or not, the names are the same.
        const other = compilePattern({ ...pattern, enforceUniqueness: !pattern.enforceUniqueness });
        expect(new Set(generateRange(other, 0n, other.size).domains.map(({ name }) => name))).toEqual(
          new Set(seen.keys()),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('walks any range as it answers for single offsets (G4)', () => {
    fc.assert(
      fc.property(anyPattern, fc.nat(10_000), fc.nat(60), (pattern, from, length) => {
        const space = compilePattern(pattern);
        const lo = BigInt(from) % space.size;
        const hi = lo + BigInt(length) < space.size ? lo + BigInt(length) : space.size;
        const walked: unknown[] = [];
        space.walk(lo, hi, {
          name: (index, name) => (walked[index] = { ok: true, name }),
          skip: (index, reason) => (walked[index] = { ok: false, reason }),
        });
        expect(walked).toEqual(
          Array.from({ length: Number(hi - lo) }, (_, at) => space.nameAt(lo + BigInt(at))),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('answers anywhere in a space far beyond 2^64, from stored lists', () => {
    const stored = Array.from({ length: 100_000 }, (_, at) => `w${at}`);
    const lists = new Map([
      ['00000000-0000-4000-8000-00000000000a', { words: stored, contentHash: wordListHash(stored) }],
    ]);
    const list = { wordListId: '00000000-0000-4000-8000-00000000000A' };
    const pattern = patternOf({ lists: [list, list, list, list, list, list], separators: ['-'] });
    const space = compilePattern(pattern, lists);
    expect(space.size).toBe(100_000n ** 6n);
    expect(space.size).toBeGreaterThan(2n ** 64n);
    expect(space.size).toBeLessThan(MAX_SPACE_SIZE);
    const lo = space.size - 12_345n;
    const { domains } = generateRange(space, lo, lo + 2_000n);
    expect(domains.length).toBe(2_000);
    expect(domains.every(({ ordinal, name }) => space.offsetOf(name) === lo + BigInt(ordinal))).toBe(true);
    expect(space.nameAt(space.size - 1n)).toEqual({ ok: true, name: `${'w99999-'.repeat(5)}w99999.com` });
  });

  it('skips and counts what is no label', () => {
    const reasonsOf = (input: object): unknown => {
      const space = compilePattern(patternOf(input));
      return generateRange(space, 0n, space.size).skipped;
    };
    expect(reasonsOf({ ...words('a -b', 'c d-') })).toEqual({ HYPHEN_EDGE: 3 });
    expect(reasonsOf({ ...words('ab', '-c d'), separators: ['-'] })).toEqual({ HYPHEN_34: 1 });
    expect(reasonsOf({ ...words(`${'a'.repeat(32)} b`, 'c'.repeat(32)) })).toEqual({ LABEL_TOO_LONG: 1 });
    expect(reasonsOf({ ...words('shop', 'магазин store') })).toEqual({ MIXED_SCRIPTS: 1 });
    expect(reasonsOf({ ...words('a', '\u05d0 b') })).toEqual({ BAD_IDN: 1 });
    expect(reasonsOf({ ...words('co shop'), tlds: ['uk'] })).toEqual({ IS_PUBLIC_SUFFIX: 1 });
  });

  it('gives no offset for names that it does not give', () => {
    const space = compilePattern(patternOf({ ...words('a b'), constantPart: 'x' }));
    for (const name of [
      '',
      'com',
      '.com',
      'x.com',
      'xc.com',
      'xa.net',
      'XA.com',
      'a.xa.com',
      'xn--a.com',
      'xaa.com',
    ]) {
      expect(space.offsetOf(name)).toBe(null);
    }
  });
});
