import { describe, expect, it } from 'vitest';
import { wordsOf } from './words-of.ts';

describe('wordsOf', () => {
  it('takes words by lines, commas, semicolons and spaces, and leaves comments out', () => {
    expect(wordsOf(' red, blue;green\r\n\n# a comment, here\n  # another\nviolet blue#1')).toEqual([
      'red',
      'blue',
      'green',
      'violet',
      'blue#1',
    ]);
    expect(wordsOf('')).toEqual([]);
  });
});
