import { expect, test } from 'vitest';
import { expectedVariation, type Jitter, jitterSampler } from './jitter.ts';

/** Mulberry32: the same numbers in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const JITTERS: Jitter[] = [
  { distribution: 'uniform', meanMs: 5, spread: 0.8 },
  { distribution: 'uniform', meanMs: 5, spread: 0 },
  { distribution: 'normal', meanMs: 200, spread: 0.3 },
  { distribution: 'normal', meanMs: 200, spread: 1 },
  { distribution: 'exponential', meanMs: 0.05, spread: 0.5 },
];

test.each(JITTERS)('$distribution has its mean and its variation (spread $spread)', (jitter) => {
  const sample = jitterSampler(jitter, seeded(7));
  const times = Array.from({ length: 100_000 }, () => sample?.() ?? Number.NaN);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const variance = times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / times.length;
  expect(mean / jitter.meanMs).toBeCloseTo(1, 1);
  expect(Math.sqrt(variance) / mean).toBeCloseTo(expectedVariation(jitter) ?? Number.NaN, 1);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
});

test('none has no sampler', () => {
  expect(jitterSampler({ distribution: 'none', meanMs: 1, spread: 0 }, Math.random)).toBeNull();
});
