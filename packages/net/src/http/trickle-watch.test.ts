import { describe, expect, it } from 'vitest';
import { TrickleWatch } from './trickle-watch.ts';

/** When a response of pieces (octets, and the milliseconds before each) is noticed to trickle; null: never. */
function noticedAt(bytesPerSecond: number, pieces: readonly (readonly [octets: number, afterMs: number])[]) {
  const watch = new TrickleWatch(bytesPerSecond);
  let nowMs = 40;
  for (const [octets, afterMs] of pieces) {
    nowMs += afterMs;
    if (watch.push(octets, nowMs) !== null) return nowMs;
  }
  return null;
}

const every = (ms: number, octets: number, count: number) =>
  Array.from({ length: count }, () => [octets, ms] as const);

describe('a response that trickles', () => {
  it('is noticed three seconds after its last whole packet', () => {
    expect(noticedAt(50, [[17_000, 60], ...every(1_000, 1, 20)])).toBe(3_100);
    expect(noticedAt(50, [[200, 0], ...every(500, 3, 4), [1_460, 500], ...every(500, 3, 20)])).toBe(5_540);
  });

  it('is told of with what came', () => {
    const watch = new TrickleWatch(50);
    for (const atMs of [0, 1_000, 2_000]) expect(watch.push(1, atMs)).toBeNull();
    expect(watch.push(1, 3_020)).toBe('The response trickled: 3 octets in 3 s');
  });

  it('is not one that comes at the least rate, in whole packets, or after silence', () => {
    expect(noticedAt(50, every(100, 5, 1_000))).toBeNull();
    expect(noticedAt(50, every(1_900, 60, 100))).toBeNull();
    expect(noticedAt(50, every(2_001, 1, 100))).toBeNull();
    // It writes its beginning in pieces, thinks, and writes the rest.
    expect(noticedAt(50, [[15, 0], [3, 900], [2, 900], [4, 4_000], ...every(10, 8_000, 20)])).toBeNull();
  });

  it('is nothing where there is no least rate', () => {
    expect(noticedAt(0, every(1_000, 1, 1_000))).toBeNull();
  });
});
