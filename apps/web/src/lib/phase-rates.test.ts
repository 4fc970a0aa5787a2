import { describe, expect, it } from 'vitest';
import { rateOf, recordProcessed, samplesFor, speedSeries } from './phase-rates.ts';

describe('rateOf', () => {
  const samples = [0, 1, 2, 3, 4].map((second) => ({ atMs: second * 1_000, processed: second * 100 }));

  it('says nothing until it can', () => {
    expect(rateOf([], 10, 0)).toEqual({ perSecond: null, etaMs: null });
    expect(rateOf(samples.slice(0, 1), 10, 5_000)).toEqual({ perSecond: null, etaMs: null });
  });

  it('takes the speed over the last seconds, and the time that is left', () => {
    expect(rateOf(samples, 1_000, 4_000)).toEqual({ perSecond: 100, etaMs: 10_000 });
  });

  it('slows down while nothing comes', () => {
    expect(rateOf(samples, 1_000, 8_000).perSecond).toBe(50);
  });

  it('promises no end at a standstill', () => {
    const still = [0, 1_000, 2_000].map((atMs) => ({ atMs, processed: 7 }));
    expect(rateOf(still, 10, 2_000)).toEqual({ perSecond: 0, etaMs: null });
  });
});

describe('recordProcessed', () => {
  it('keeps a sample a second, and starts anew when a counter goes back', () => {
    recordProcessed('c', 'dns', 10, 0);
    recordProcessed('c', 'dns', 20, 500);
    recordProcessed('c', 'dns', 30, 1_000);
    expect(samplesFor('c', 'dns')).toEqual([
      { atMs: 0, processed: 10 },
      { atMs: 1_000, processed: 30 },
    ]);
    recordProcessed('c', 'dns', 0, 1_100);
    expect(samplesFor('c', 'dns')).toEqual([{ atMs: 1_100, processed: 0 }]);
    expect(samplesFor('c', 'http')).toEqual([]);
  });
});

describe('speedSeries', () => {
  it('gives seconds and speeds', () => {
    expect(
      speedSeries([
        { atMs: 0, processed: 0 },
        { atMs: 2_000, processed: 100 },
        { atMs: 3_000, processed: 90 },
      ]),
    ).toEqual([
      [2, 3],
      [50, 0],
    ]);
  });
});
