import { describe, expect, it } from 'vitest';
import { asOffset, offsetChange, placeStretches } from './pattern-place.ts';

describe('placeStretches', () => {
  it('lays the offsets out in percent of the space', () => {
    expect(placeStretches({ size: 200n, start: 50n, end: 100n, next: 100n })).toEqual({
      given: { left: 0, width: 50 },
      own: { left: 25, width: 25 },
    });
    expect(placeStretches({ size: 200n, start: null, end: null, next: 0n }).own).toBeNull();
  });

  it('keeps to the figures of spaces that no number holds', () => {
    const size = 10n ** 60n;
    const { given } = placeStretches({ size, start: null, end: null, next: size / 8n });
    expect(given.width).toBe(12.5);
  });
});

describe('offsetChange', () => {
  const place = { size: 1_000n, next: 400n };

  it('tells going back from going forward', () => {
    expect(offsetChange('100', place)).toEqual({ kind: 'back', by: 300n });
    expect(offsetChange('1,000', place)).toEqual({ kind: 'forward', by: 600n });
    expect(offsetChange(' 400 ', place)).toEqual({ kind: 'same' });
  });

  it('refuses what is no offset of the space', () => {
    for (const text of ['', '-1', '1.5', 'x', '1001'])
      expect(offsetChange(text, place).kind, text).toBe('invalid');
  });

  it('is sent without what people put between digits', () => {
    expect(asOffset(' 1 000,000 ')).toBe('1000000');
    expect(asOffset('007')).toBe('7');
  });
});
