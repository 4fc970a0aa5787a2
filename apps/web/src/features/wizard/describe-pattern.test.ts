import type { Pattern } from '@domainflow/domain/generation/pattern.ts';
import { describe, expect, it } from 'vitest';
import { describePattern } from './describe-pattern.ts';
import { PATTERN_DEFAULTS, patternOf } from './pattern-values.ts';

const line = (pattern: Pattern): string => describePattern(pattern, (id) => `list ${id}`);
const typed = (text: string) => ({ kind: 'typed' as const, text, wordListId: '' });

describe('describePattern', () => {
  it('writes a pattern as it stands', () => {
    expect(line(patternOf({ ...PATTERN_DEFAULTS, constantPart: 'bakery', tlds: ['com', 'de'] }))).toBe(
      'bakery [3 characters] under .com, .de',
    );
  });

  it('writes a dictionary with its lists, its constant part and what joins them', () => {
    const lists = [typed('red blue'), { kind: 'stored' as const, text: '', wordListId: '1' }];
    const fields = { ...PATTERN_DEFAULTS, strategy: 'dictionary' as const, lists, constantPart: 'my' };
    expect(line(patternOf(fields))).toBe('my [2 words] [list 1] under .com');
    expect(line(patternOf({ ...fields, constantPosition: 'between', separators: ['', '-'] }))).toBe(
      '[2 words] my [list 1], joined by nothing or “-” under .com',
    );
  });

  it('names a few seeds and counts the others', () => {
    const seeds = Array.from({ length: 8 }, (_, index) => `seed${index}.com`);
    const kinds = ['omission'] as const;
    expect(line(patternOf({ ...PATTERN_DEFAULTS, strategy: 'typosquat', seeds, kinds: [...kinds] }))).toBe(
      'Names mistaken for seed0.com, seed1.com, seed2.com, seed3.com, seed4.com, seed5.com and 2 more: omission',
    );
  });
});
