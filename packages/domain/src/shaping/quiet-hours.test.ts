import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quietClock, quietHoursSchema, WEEKDAYS } from './quiet-hours.ts';

const at = (instant: string): number => Date.parse(instant);
const state = (hours: unknown, instant: string) => {
  const { isQuiet, changesAtMs } = quietClock(quietHoursSchema.parse(hours))(at(instant));
  return [isQuiet, new Date(changesAtMs).toISOString().slice(0, 16)];
};

test('a night over midnight belongs to the day on which it begins', () => {
  const nights = { timeZone: 'Europe/Berlin', from: '22:00', to: '06:00', days: ['fri'] };
  expect(state(nights, '2026-01-09T20:59:00Z')).toEqual([false, '2026-01-09T21:00']);
  expect(state(nights, '2026-01-09T21:00:00Z')).toEqual([true, '2026-01-10T05:00']);
  expect(state(nights, '2026-01-10T04:59:59Z')).toEqual([true, '2026-01-10T05:00']);
  expect(state(nights, '2026-01-10T21:30:00Z')).toEqual([false, '2026-01-16T21:00']);
});

test('the clock on the wall counts when it is put forward or back', () => {
  const night = { timeZone: 'Europe/Berlin', from: '01:00', to: '05:00' };
  // 29 March 2026: 02:00 becomes 03:00. 25 October 2026: 03:00 becomes 02:00.
  expect(state(night, '2026-03-29T00:30:00Z')).toEqual([true, '2026-03-29T03:00']);
  expect(state(night, '2026-10-24T23:30:00Z')).toEqual([true, '2026-10-25T04:00']);
  expect(state({ ...night, from: '02:30' }, '2026-03-28T23:00:00Z')).toEqual([false, '2026-03-29T01:00']);
});

test('it says until when, and not before does it change', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  const hours = fc
    .record({
      timeZone: fc.constantFrom(
        'UTC',
        'Europe/Berlin',
        'America/New_York',
        'Asia/Kathmandu',
        'Australia/Lord_Howe',
      ),
      from: time,
      to: time,
      days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    })
    .filter(({ from, to }) => from !== to);
  fc.assert(
    fc.property(
      hours,
      fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (quiet, nowMs, share) => {
        const clock = quietClock(quietHoursSchema.parse(quiet));
        const { isQuiet, changesAtMs } = clock(nowMs);
        expect(changesAtMs).toBeGreaterThan(nowMs);
        expect(clock(changesAtMs).isQuiet).toBe(!isQuiet);
        expect(clock(nowMs + share * (changesAtMs - nowMs)).isQuiet).toBe(isQuiet);
      },
    ),
    { numRuns: 150 },
  );
});

test('what cannot be is refused', () => {
  const good = { timeZone: 'UTC', from: '22:00', to: '06:00' };
  for (const bad of [
    { ...good, timeZone: 'Mars/Olympus' },
    { ...good, to: '22:00' },
    { ...good, from: '24:00' },
    { ...good, days: [] },
    { ...good, days: ['mon', 'mon'] },
  ])
    expect(quietHoursSchema.safeParse(bad).success).toBe(false);
});
