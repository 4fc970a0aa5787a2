import { describe, expect, it } from 'vitest';
import {
  countOf,
  formatAgo,
  formatBigCount,
  formatBytes,
  formatDuration,
  formatPercent,
  formatRate,
  formatShare,
  magnitudeOf,
  totalOf,
} from './format.ts';

describe('numbers', () => {
  it('groups whole numbers of any size', () => {
    expect(formatBigCount('0')).toBe('0');
    expect(formatBigCount('999')).toBe('999');
    expect(formatBigCount('35152')).toBe('35,152');
    expect(formatBigCount('123456789012345678901234567890')).toBe('123,456,789,012,345,678,901,234,567,890');
  });

  it('says how many there are of something', () => {
    expect(countOf(1, 'lead')).toBe('1 lead');
    expect(countOf(0, 'lead')).toBe('0 leads');
    expect(countOf(1_234, 'query', 'queries')).toBe('1,234 queries');
    expect(totalOf({ total: 12_000, totalExact: false }, 'domain')).toBe('about 12,000 domains');
    expect(totalOf({ total: 1, totalExact: true }, 'entry', 'entries')).toBe('1 entry');
  });

  it('says how large a large number is', () => {
    expect(magnitudeOf('999999')).toBeNull();
    expect(magnitudeOf('1000000')).toBe('≈ 1 million = 1 × 10⁶');
    expect(magnitudeOf('4298000000000')).toBe('≈ 4.3 trillion = 4.3 × 10¹²');
    expect(magnitudeOf('17576000000')).toBe('≈ 17.6 billion = 1.8 × 10¹⁰');
    expect(magnitudeOf('2'.padEnd(61, '0'))).toBe('2 × 10⁶⁰');
  });

  it('keeps percentages short and never hides a small part', () => {
    expect(formatPercent(100)).toBe('100%');
    expect(formatPercent(42.34)).toBe('42.3%');
    expect(formatShare(0, 0)).toBe('0%');
    expect(formatShare(1, 10_000)).toBe('<0.1%');
    expect(formatShare(1, 4)).toBe('25%');
  });

  it('writes speeds and sizes', () => {
    expect(formatRate(0.42)).toBe('0.4/s');
    expect(formatRate(1_493.4)).toBe('1,493/s');
    expect(formatRate(23_456)).toBe('23.5k/s');
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(1_200)).toBe('1.2 kB');
    expect(formatBytes(999_900)).toBe('1.0 MB');
  });
});

describe('times', () => {
  it('writes durations in their two largest units', () => {
    expect(formatDuration(400)).toBe('0 s');
    expect(formatDuration(59_400)).toBe('59 s');
    expect(formatDuration(60_000)).toBe('1 min');
    expect(formatDuration(3_725_000)).toBe('1 h 2 min');
    expect(formatDuration(49 * 3_600_000)).toBe('2 d 1 h');
  });

  it('says how long ago, and the date after a week', () => {
    const now = Date.parse('2026-06-15T12:00:00.000Z');
    expect(formatAgo('2026-06-15T11:59:55.000Z', now)).toBe('just now');
    expect(formatAgo('2026-06-15T11:59:15.000Z', now)).toBe('45 s ago');
    expect(formatAgo('2026-06-15T10:00:00.000Z', now)).toBe('2 h ago');
    expect(formatAgo('2026-06-01T12:00:00.000Z', now)).toBe('1 Jun 2026');
  });
});
