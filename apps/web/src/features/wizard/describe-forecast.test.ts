import { describe, expect, it } from 'vitest';
import { formatHours, formatSpan, formatYield } from './describe-forecast.ts';

describe('figures of a forecast', () => {
  it('give both ends, one where they read the same, and the expected one where a yield is known', () => {
    expect(formatSpan({ least: 1, most: 4, expected: null }, String)).toBe('1 – 4');
    expect(formatSpan({ least: 4, most: 4, expected: null }, String)).toBe('4');
    expect(formatSpan({ least: 1, most: 4, expected: 2 }, String)).toBe('≈ 2');
  });

  it('say hours in units of their size', () => {
    expect(formatHours(0)).toBe('none');
    expect(formatHours(0.0001)).toBe('under 1 s');
    expect(formatHours(0.5)).toBe('30 min');
    expect(formatHours(75)).toBe('3 d 3 h');
  });

  it('keep digits of rare yields', () => {
    expect(formatYield(0.123_456)).toBe('12.3%');
    expect(formatYield(0.000_42)).toBe('0.042%');
    expect(formatYield(0)).toBe('0%');
    expect(formatYield(1)).toBe('100%');
  });
});
