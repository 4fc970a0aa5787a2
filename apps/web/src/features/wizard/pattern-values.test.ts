import { patternSchema } from '@domainflow/domain/generation/pattern.ts';
import { describe, expect, it } from 'vitest';
import {
  formFieldOf,
  isPatternWhole,
  PATTERN_DEFAULTS,
  type PatternFields,
  patternOf,
} from './pattern-values.ts';

const fields = (changed: Partial<PatternFields> = {}): PatternFields => ({ ...PATTERN_DEFAULTS, ...changed });
const typed = (text: string) => ({ kind: 'typed' as const, text, wordListId: '' });
const stored = {
  kind: 'stored' as const,
  text: 'left over',
  wordListId: '01900000-0000-7000-8000-000000000001',
};

describe('patternOf', () => {
  it('leaves out lengths that do not belong to the kind', () => {
    expect(patternOf(fields())).toMatchObject({ prefixVariableLength: 0, suffixVariableLength: 3 });
    expect(patternOf(fields({ pattern: 'prefix' }))).toMatchObject({
      prefixVariableLength: 2,
      suffixVariableLength: 0,
    });
  });

  it('takes all names where no number is given', () => {
    expect(patternOf(fields({ target: '' })).targetDomainsToGenerate).toBeNull();
    expect(patternOf(fields()).targetDomainsToGenerate).toBe(5_000);
  });

  it('goes on, or begins at an offset', () => {
    expect(patternOf(fields({ startOffset: '7' }))).toMatchObject({ resumeFlag: true, startOffset: null });
    expect(patternOf(fields({ start: 'offset', startOffset: ' 7 ' }))).toMatchObject({
      resumeFlag: false,
      startOffset: '7',
    });
  });

  it.each([
    fields(),
    fields({ strategy: 'dictionary', lists: [typed('red, blue\n# green'), stored], separators: ['', '-'] }),
    fields({ strategy: 'typosquat', seeds: ['example.com'] }),
  ])('makes a pattern that the API takes: $strategy', (each) => {
    expect(isPatternWhole(each)).toBe(true);
    const pattern = patternOf(each);
    expect(patternSchema.parse(pattern)).toEqual(pattern);
  });

  it('takes the words that were typed, and of a stored list its id alone', () => {
    const pattern = patternOf(
      fields({ strategy: 'dictionary', lists: [typed('red, blue\n# green'), stored] }),
    );
    expect(pattern).toMatchObject({ lists: [{ words: ['red', 'blue'] }, { wordListId: stored.wordListId }] });
  });
});

describe('a whole pattern', () => {
  it('has a number of names that can be generated', () => {
    const at = (target: string) => isPatternWhole(fields({ target }));
    expect([at(''), at('1'), at('100000000')]).toEqual([true, true, true]);
    expect([at('0'), at('-1'), at('1.5'), at('100000001')]).toEqual([false, false, false, false]);
  });

  it('lacks nothing of its strategy, and may lack what belongs to others', () => {
    const isWhole = (changed: Partial<PatternFields>) => isPatternWhole(fields(changed));
    expect(isWhole({ tlds: [] })).toBe(false);
    expect(isWhole({ suffixVariableLength: Number.NaN })).toBe(false);
    expect(isWhole({ prefixVariableLength: Number.NaN })).toBe(true);
    expect(isWhole({ strategy: 'typosquat', tlds: [], seeds: ['a.com'] })).toBe(true);
    expect(isWhole({ strategy: 'typosquat' })).toBe(false);
    expect(isWhole({ strategy: 'dictionary' })).toBe(false);
    expect(isWhole({ strategy: 'dictionary', lists: [{ ...stored, wordListId: '' }] })).toBe(false);
    expect(isWhole({ start: 'offset', startOffset: '1.5' })).toBe(false);
    expect(isWhole({ start: 'resume', startOffset: '1.5' })).toBe(true);
  });
});

describe('formFieldOf', () => {
  it('finds the field of the form behind one of the API', () => {
    expect(formFieldOf('targetDomainsToGenerate', 'affix')).toBe('target');
    expect(formFieldOf('resumeFlag', 'affix')).toBe('start');
    expect(formFieldOf('tlds.3', 'dictionary')).toBe('tlds');
    expect(formFieldOf('tlds.3', 'typosquat')).toBe('swapTlds');
    expect(formFieldOf('lists.1.words.30', 'dictionary')).toBe('lists.1');
    expect(formFieldOf('seeds.0', 'typosquat')).toBe('seeds');
    expect(formFieldOf('somethingNew', 'affix')).toBeNull();
  });
});
