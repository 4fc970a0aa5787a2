import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ForecastLimits, forecast } from './forecast.ts';

const limits: ForecastLimits = {
  namesShare: 0.9,
  namesPerSecond: 100_000,
  dns: { recordTypes: 3, queriesPerSecond: 1_000, expectedYield: 0.1, retryShare: 0.05 },
  bytes: { name: 100, found: 400, absent: 200 },
};

describe('forecast', () => {
  it('adds up names, queries, hours and bytes', () => {
    // 900,000 names, 90,000 of them found and asked for two types more: 1,080,000 queries and 54,000 again.
    expect(forecast(1_000_000n, limits)).toEqual({
      names: 900_000n,
      found: 90_000n,
      queries: 1_134_000n,
      hours: (9 + 1_134) / 3_600,
      diskBytes: 900_000n * 100n + 90_000n * 400n + 810_000n * 200n,
    });
  });

  it('asks nothing where there is no DNS phase', () => {
    expect(forecast(1_000n, { ...limits, dns: null })).toEqual({
      names: 900n,
      found: 0n,
      queries: 0n,
      hours: 900 / 100_000 / 3_600,
      diskBytes: 90_000n,
    });
  });

  it('is exact far beyond 2^53, and grows with the size', () => {
    expect(forecast(10n ** 60n, { ...limits, namesShare: 1 }).names).toBe(10n ** 60n);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 60n }),
        fc.bigInt({ min: 0n, max: 10n ** 60n }),
        (a, b) => {
          const [less, more] = a < b ? [a, b] : [b, a];
          const small = forecast(less, limits);
          const large = forecast(more, limits);
          expect(small.names <= less && small.found <= small.names && small.queries >= small.names).toBe(
            true,
          );
          expect(small.queries <= large.queries && small.diskBytes <= large.diskBytes).toBe(true);
          expect(small.hours).toBeLessThanOrEqual(large.hours);
        },
      ),
    );
  });

  it.each([
    { ...limits, namesShare: 1.1 },
    { ...limits, namesPerSecond: 0 },
    { ...limits, bytes: { ...limits.bytes, name: Number.NaN } },
  ])('refuses figures that are none', (bad) => {
    expect(() => forecast(1n, bad)).toThrow(RangeError);
  });
});
