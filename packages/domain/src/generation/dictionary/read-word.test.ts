import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalPattern } from '../canonical-pattern.ts';
import { compilePattern } from '../compile-pattern.ts';
import { type Pattern, patternSchema } from '../pattern.ts';
import { readWord } from './read-word.ts';
import { wordListHash } from './word-list-hash.ts';

const dictionary = (input: object): Pattern =>
  patternSchema.parse({ pattern: 'dictionary', lists: [{ words: ['a'] }], tlds: ['com'], ...input });
const fieldOf = (input: object): unknown => {
  try {
    compilePattern(dictionary(input));
  } catch (error) {
    return error;
  }
  return null;
};

describe('readWord', () => {
  it.each([
    ['shop', 'shop'],
    ['\ufeffShop\r', 'shop'],
    ['  two-words ', 'two-words'],
    ['BÜCHER', 'bücher'],
    ['xn--bcher-kva', 'bücher'],
    ['u\u0308ber', 'über'],
    ['straße', 'straße'],
    ['-', '-'],
  ])('reads %j', (line, word) => {
    expect(readWord(line)).toEqual({ kind: 'word', word });
  });

  it.each(['', '\r', ' \t', '\ufeff', '# words', '\ufeff#'])('takes %j for nothing', (line) => {
    expect(readWord(line)).toEqual({ kind: 'blank' });
  });

  it.each([
    ['a.b', 'BAD_CHARACTER'],
    ['two words', 'BAD_CHARACTER'],
    ['a_b', 'BAD_CHARACTER'],
    ['a\0', 'BAD_CHARACTER'],
    ['xn--a', 'BAD_IDN'],
    ['\u{1f600}', 'BAD_IDN'],
    ['a\u2028b', 'BAD_IDN'],
    ['a'.repeat(64), 'LABEL_TOO_LONG'],
    ['a'.repeat(5_000), 'LABEL_TOO_LONG'],
  ])('refuses %j as %s', (line, reason) => {
    expect(readWord(line)).toEqual({ kind: 'bad', reason });
  });
});

describe('the normal form of a dictionary', () => {
  it.each([
    ['a word that is none', { lists: [{ words: ['a'] }, { words: ['b', 'c d'] }] }, 'lists.1.words.1'],
    ['a list of blank lines', { lists: [{ words: ['', '# none'] }] }, 'lists.0.words'],
    [
      'a stored list that is not there',
      { lists: [{ wordListId: '00000000-0000-4000-8000-000000000000' }] },
      'lists.0.wordListId',
    ],
    ['a separator with a dot', { separators: ['-', '.'] }, 'separators.1'],
    ['a constant part with a space', { constantPart: 'a b' }, 'constantPart'],
    ['an unknown TLD', { tlds: ['com', 'nosuchtld'] }, 'tlds.1'],
  ])('refuses %s and names the field', (_, input, field) => {
    expect(fieldOf(input)).toMatchObject({ code: 'INVALID_INPUT', field });
  });

  const base = {
    lists: [{ words: ['red', 'blue'] }, { words: ['car'] }],
    separators: ['', '-'],
    tlds: ['com', 'de'],
  };
  it.each([
    [
      'case, blank lines, comments, line ends and repeats',
      { lists: [{ words: ['\ufeffRED\r', '', 'blue', 'red'] }, { words: ['# all', 'car'] }] },
    ],
    ['the order of separators and TLDs', { separators: ['-', '', '-'], tlds: ['.DE', 'com'] }],
    ['a place for no constant part', { constantPosition: 'between' }],
    [
      'what a campaign takes of it',
      { startOffset: '3', targetDomainsToGenerate: 2, resumeFlag: true, enforceUniqueness: false },
    ],
  ])('does not depend on %s', (_, input) => {
    expect(canonicalPattern(dictionary({ ...base, ...input }))).toBe(canonicalPattern(dictionary(base)));
  });

  it.each([
    { lists: [{ words: ['blue', 'red'] }, { words: ['car'] }] },
    { lists: [{ words: ['car'] }, { words: ['red', 'blue'] }] },
    { lists: [{ words: ['redblue'] }, { words: ['car'] }] },
    { separators: ['-'] },
    { constantPart: 'x' },
    { tlds: ['com'] },
  ])('differs for %j', (input) => {
    expect(canonicalPattern(dictionary({ ...base, ...input }))).not.toBe(canonicalPattern(dictionary(base)));
  });

  it('takes a constant part for a list of one word', () => {
    const [first, second] = base.lists;
    const withConstant = (constantPosition: string, lists: unknown): string =>
      canonicalPattern(dictionary({ ...base, lists, constantPart: 'My', constantPosition }));
    const joined = (lists: unknown): string => canonicalPattern(dictionary({ ...base, lists }));
    const constant = { words: ['my'] };
    expect(withConstant('before', base.lists)).toBe(joined([constant, first, second]));
    expect(withConstant('between', base.lists)).toBe(joined([first, constant, second]));
    expect(withConstant('after', base.lists)).toBe(joined([first, second, constant]));
    expect(withConstant('between', [first])).toBe(withConstant('after', [first]));
    expect(withConstant('either', base.lists)).not.toBe(withConstant('before', base.lists));
  });

  it('is the same for a stored list and for its words', () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const words = ['red', 'blau', 'größe'];
    const contentHash = createHash('sha256').update(words.join('\n')).digest('hex');
    expect(wordListHash(words)).toBe(contentHash);
    expect(
      canonicalPattern(dictionary({ lists: [{ wordListId: id }] }), new Map([[id, { contentHash }]])),
    ).toBe(canonicalPattern(dictionary({ lists: [{ words }] })));
  });
});
