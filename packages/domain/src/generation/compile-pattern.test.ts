import { describe, expect, it } from 'vitest';
import { DomainFlowError } from '../errors.ts';
import { canonicalPattern } from './canonical-pattern.ts';
import { campaignRange, compilePattern, MAX_SPACE_SIZE } from './compile-pattern.ts';
import { type AffixPattern, MAX_TARGET_DOMAINS, patternSchema } from './pattern.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

const patternOf = (input: Partial<AffixPattern>): AffixPattern => ({
  ...(patternSchema.parse({
    pattern: 'prefix',
    prefixVariableLength: 2,
    charSet: 'abc',
    tlds: ['com'],
  }) as AffixPattern),
  ...input,
});

const refusalOf = (attempt: () => unknown): DomainFlowError => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof DomainFlowError) return error;
    throw error;
  }
  throw new Error('It was accepted');
};

const refused: [string, Partial<AffixPattern>, string][] = [
  ['an empty character set', { charSet: '' }, 'charSet'],
  ['a space as character', { charSet: 'ab c' }, 'charSet'],
  ['a dot as character', { charSet: 'ab.' }, 'charSet'],
  ['an underscore as character', { charSet: 'a_' }, 'charSet'],
  ['a control character', { charSet: 'a\0' }, 'charSet'],
  ['a character that IDNA ignores', { charSet: 'a\u00ad' }, 'charSet'],
  ['a character that maps to two', { charSet: 'a\ufb01' }, 'charSet'],
  ['a combining mark', { charSet: 'a\u0301\u0302' }, 'charSet'],
  ['an emoji', { charSet: 'a\u{1f600}' }, 'charSet'],
  ['a lone surrogate', { charSet: 'a\ud800' }, 'charSet'],
  ['a hyphen as the only character', { charSet: '--' }, 'charSet'],
  [
    'no variable character before',
    { prefixVariableLength: 0, suffixVariableLength: 2 },
    'prefixVariableLength',
  ],
  ['no variable character after', { pattern: 'suffix' }, 'suffixVariableLength'],
  ['variable characters on one side of two', { pattern: 'both' }, 'suffixVariableLength'],
  ['a label that is too long', { constantPart: 'a'.repeat(62) }, 'prefixVariableLength'],
  [
    'a long label at the other side',
    { pattern: 'suffix', constantPart: 'a'.repeat(60), suffixVariableLength: 4 },
    'suffixVariableLength',
  ],
  ['a constant part with a dot', { constantPart: 'a.b' }, 'constantPart'],
  ['a constant part with a space', { constantPart: 'a b' }, 'constantPart'],
  ['a constant part that is no A-label', { constantPart: 'xn--a' }, 'constantPart'],
  ['a hyphen at the end of the name', { constantPart: 'a-' }, 'constantPart'],
  [
    'a hyphen at the start of the name',
    { pattern: 'suffix', suffixVariableLength: 1, constantPart: '-a' },
    'constantPart',
  ],
  ['hyphens in the third and fourth place', { constantPart: '--a' }, 'constantPart'],
  ['no TLD', { tlds: [] }, 'tlds'],
  ['an unknown TLD', { tlds: ['com', 'de', 'nosuchtld'] }, 'tlds.2'],
  ['a TLD that is none', { tlds: ['c_m'] }, 'tlds.0'],
  ['a registered name as TLD', { tlds: ['com', 'example.com'] }, 'tlds.1'],
  ['a TLD twice', { tlds: ['com', 'de', '.COM'] }, 'tlds.2'],
  ['a TLD twice in two scripts', { tlds: ['рф', 'xn--p1ai'] }, 'tlds.1'],
  ['a space beyond the limit', { prefixVariableLength: 43, charSet: LETTERS }, 'prefixVariableLength'],
];

describe('compilePattern', () => {
  it.each(refused)('refuses %s and names the field', (_, input, field) => {
    expect(refusalOf(() => compilePattern(patternOf(input)))).toMatchObject({ code: 'INVALID_INPUT', field });
  });

  it('takes spaces up to the limit', () => {
    expect(compilePattern(patternOf({ prefixVariableLength: 42, charSet: LETTERS })).size).toBe(26n ** 42n);
    expect(26n ** 43n).toBeGreaterThan(MAX_SPACE_SIZE);
  });

  it('takes names beyond ASCII', () => {
    const space = compilePattern(
      patternOf({ constantPart: 'Bücher', charSet: 'Ä', prefixVariableLength: 1, tlds: ['рф'] }),
    );
    expect(space.nameAt(0n)).toEqual({ ok: true, name: 'xn--bcher-fra3o.xn--p1ai' });
  });

  it('takes suffixes of both sections of the list', () => {
    expect(compilePattern(patternOf({ tlds: ['co.uk', 'github.io'] })).size).toBe(18n);
  });
});

describe('canonicalPattern', () => {
  const base = canonicalPattern(patternOf({ constantPart: 'shop', tlds: ['com', 'рф'] }));
  const same: [string, Partial<AffixPattern>][] = [
    ['the order and case of characters', { charSet: 'CcBa' }],
    ['the order and script of TLDs', { tlds: ['XN--P1AI.', '.com'] }],
    ['the case of the constant part', { constantPart: ' ShOp ' }],
    ['the length that the mode does not use', { suffixVariableLength: 9 }],
    ['where it starts and how much it takes', { startOffset: '5', targetDomainsToGenerate: 7 }],
  ];
  it.each(same)('does not depend on %s', (_, input) => {
    expect(canonicalPattern(patternOf({ constantPart: 'shop', tlds: ['com', 'рф'], ...input }))).toBe(base);
  });

  const others: Partial<AffixPattern>[] = [
    { charSet: 'abcd' },
    { tlds: ['com'] },
    { constantPart: 'shops' },
    { prefixVariableLength: 3 },
    { pattern: 'suffix', suffixVariableLength: 2 },
    { pattern: 'both', prefixVariableLength: 1, suffixVariableLength: 1 },
  ];
  it.each(others)('differs for %j', (input) => {
    expect(canonicalPattern(patternOf({ constantPart: 'shop', tlds: ['com', 'рф'], ...input }))).not.toBe(
      base,
    );
  });

  it('is one for the three modes without a constant part', () => {
    const modes = [
      patternOf({ prefixVariableLength: 3 }),
      patternOf({ pattern: 'suffix', suffixVariableLength: 3 }),
      patternOf({ pattern: 'both', prefixVariableLength: 1, suffixVariableLength: 2 }),
    ];
    expect(new Set(modes.map((pattern) => canonicalPattern(pattern))).size).toBe(1);
  });
});

describe('campaignRange', () => {
  it('takes what is asked for, as far as the space goes', () => {
    expect(campaignRange(patternOf({}))).toMatchObject({ start: 0n, count: 9 });
    expect(campaignRange(patternOf({ startOffset: '4' }))).toMatchObject({ start: 4n, count: 5 });
    expect(campaignRange(patternOf({ startOffset: '4', targetDomainsToGenerate: 2 }))).toMatchObject({
      start: 4n,
      count: 2,
    });
    expect(campaignRange(patternOf({ startOffset: '4', targetDomainsToGenerate: 20 }))).toMatchObject({
      count: 5,
    });
  });

  it('refuses a start past the end, and more than a campaign may hold', () => {
    expect(refusalOf(() => campaignRange(patternOf({ startOffset: '9' })))).toMatchObject({
      field: 'startOffset',
    });
    const large = patternOf({ charSet: LETTERS, prefixVariableLength: 6 });
    expect(refusalOf(() => campaignRange(large))).toMatchObject({
      field: 'targetDomainsToGenerate',
      details: { left: String(26n ** 6n), most: MAX_TARGET_DOMAINS },
    });
    expect(campaignRange({ ...large, targetDomainsToGenerate: MAX_TARGET_DOMAINS }).count).toBe(
      MAX_TARGET_DOMAINS,
    );
  });
});
