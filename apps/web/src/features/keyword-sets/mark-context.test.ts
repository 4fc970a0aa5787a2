import { compileKeywords } from '@domainflow/domain/keyword/compile-keywords.ts';
import { describe, expect, it } from 'vitest';
import { markContext } from './mark-context.ts';
import { NEW_RULE } from './new-rule.ts';

const marked = (pattern: string, text: string, rule: Partial<typeof NEW_RULE> = {}): string =>
  markContext(text, compileKeywords([{ ...NEW_RULE, pattern, ...rule }]).matchText(text))
    .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
    .join('');

describe('markContext', () => {
  it('marks what the engine matches', () => {
    expect(marked('shop', 'Shop here, our shop. No workshop.')).toBe('[Shop] here, our [shop]. No workshop.');
    expect(marked('b.d', 'a bad bed', { kind: 'regex' })).toBe('a [bad] [bed]');
    expect(marked('none', 'nothing of it')).toBe('nothing of it');
  });

  it('joins what overlaps, and loses no letter', () => {
    const match = (start: number, end: number, further: number[] = []) => ({
      rule: 0,
      count: 1,
      start,
      end,
      further,
    });
    const pieces = markContext('abcdef', [match(1, 3, [5, 6]), match(2, 4)]);
    expect(pieces.map(({ text }) => text).join('')).toBe('abcdef');
    expect(pieces.filter(({ isMatch }) => isMatch).map(({ text }) => text)).toEqual(['bcd', 'f']);
  });
});
