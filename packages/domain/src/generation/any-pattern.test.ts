import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDomainName } from '../domain-name/parse-domain-name.ts';
import { DomainFlowError } from '../errors.ts';
import { canonicalPattern } from './canonical-pattern.ts';
import { compilePattern } from './compile-pattern.ts';
import { patternSchema } from './pattern.ts';
import { previewPattern } from './preview-pattern.ts';
import { sampleOffsets } from './sample-offsets.ts';

/** What people type, and what they do not: any code points, with those that names are made of, and that break them. */
const text = fc.oneof(
  fc.string({
    unit: fc.constantFrom(
      ...'abz09-._ #',
      'ß',
      'ς',
      '·',
      'l',
      '\u200c',
      '\u094d',
      'क',
      'ا',
      'א',
      '1',
      '\u0301',
      'が',
      '・',
      'ж',
      'xn--',
    ),
    maxLength: 12,
  }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('shop', 'xn--mller-kva', 'a'.repeat(63), 'ü'.repeat(40)),
);
const tld = fc.constantFrom('com', 'de', 'uk', 'co.uk', 'рф', '.NET', 'ck');
const tlds = fc.uniqueArray(tld, { minLength: 1, maxLength: 3 });
const length = fc.integer({ min: 0, max: 5 });

const anyInput = fc.oneof(
  fc.record({
    pattern: fc.constantFrom('prefix', 'suffix', 'both'),
    constantPart: text,
    prefixVariableLength: length,
    suffixVariableLength: length,
    charSet: text,
    tlds,
  }),
  fc.record({
    pattern: fc.constant('dictionary'),
    lists: fc.array(fc.record({ words: fc.array(text, { minLength: 1, maxLength: 6 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    constantPart: text,
    constantPosition: fc.constantFrom('before', 'after', 'between', 'either'),
    separators: fc.array(fc.oneof(fc.constantFrom('', '-'), text), { minLength: 1, maxLength: 3 }),
    tlds,
    enforceUniqueness: fc.boolean(),
  }),
  fc.record({
    pattern: fc.constant('typosquat'),
    seeds: fc.array(
      fc.tuple(text, tld).map((parts) => parts.join('.')),
      { minLength: 1, maxLength: 2 },
    ),
    tlds,
    enforceUniqueness: fc.boolean(),
  }),
);

it('makes of any input names that are names, or says which field is at fault', () => {
  let made = 0;
  fc.assert(
    fc.property(anyInput, (input) => {
      const parsed = patternSchema.safeParse(input);
      if (!parsed.success) return;
      try {
        const space = compilePattern(parsed.data);
        expect(canonicalPattern(parsed.data)).toBe(canonicalPattern(parsed.data));
        expect(previewPattern(parsed.data, 3).size).toBe(space.size);
        for (const offset of sampleOffsets(space.size, 40)) {
          const candidate = space.nameAt(offset);
          if (!candidate.ok) continue;
          made++;
          expect(parseDomainName(candidate.name)).toEqual(candidate);
          const lowest = space.offsetOf(candidate.name);
          expect(
            lowest === offset || (!parsed.data.enforceUniqueness && lowest !== null && lowest < offset),
          ).toBe(true);
        }
      } catch (error) {
        if (!(error instanceof DomainFlowError)) throw error;
        expect(error).toMatchObject({
          code: 'INVALID_INPUT',
          field: expect.stringMatching(/^[a-zA-Z]+(\.\d+(\.[a-zA-Z]+(\.\d+)?)?)?$/),
        });
      }
    }),
    { numRuns: 600 },
  );
  // Otherwise nothing of the above was asked. Chance makes it 500 to some thousands.
  expect(made).toBeGreaterThan(100);
});
