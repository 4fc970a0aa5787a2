import { describe, expect, it } from 'vitest';
import { erasedWords } from './erased-words.ts';

describe('erasedWords', () => {
  it('counts what there was', () => {
    expect(erasedWords({ domains: 1, leads: 2, pages: 0, records: 1_200 })).toBe(
      '1 domain, 2 leads, 1,200 other records',
    );
    expect(erasedWords({ domains: 0, leads: 0, pages: 0, records: 0 })).toBe('nothing was held');
  });
});
