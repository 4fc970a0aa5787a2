import { describe, expect, test } from 'vitest';
import { OverloadWatch } from './overload-watch.ts';
import { askLimited, type LimitedScene } from './testing/limited-resolver.ts';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SEEDS = [1, 2, 3, 4, 5, 6];
const isBrokenFor =
  (share: number, seed: number) =>
  (number: number): boolean =>
    numbers(number * 31 + seed)() < share;

describe.each(['second', 'bucket'] as const)('a resolver that fails above a limit, by %s', (counts) => {
  test.each([
    { answered: 300, perSecond: 7_000, names: 3_000, broken: 0 },
    { answered: 300, perSecond: 7_000, names: 3_000, broken: 0.1 },
    { answered: 2_000, perSecond: 7_000, names: 20_000, broken: 0.1 },
    { answered: 300, perSecond: 400, names: 3_000, broken: 0.3 },
  ])('$answered of $perSecond a second, a share of $broken broken names', ({ broken, ...scene }) => {
    for (const seed of SEEDS) {
      const all: LimitedScene = {
        ...scene,
        counts,
        isBroken: isBrokenFor(broken, seed),
        random: numbers(seed),
      };
      const found = askLimited(all);
      // It was most of them.
      expect(found.lost).toBeLessThanOrEqual(scene.names / 500);
      const needed = scene.names * (1 + 3 * broken);
      expect(found.seconds).toBeLessThan((needed / scene.answered) * 3);
    }
  });
});

test.each([0.05, 0.3, 0.9])('where a share of %d of the names fails, that is found out', (broken) => {
  for (const seed of SEEDS) {
    const scene = { names: 60_000, perSecond: 7_000, answered: 1e9, counts: 'bucket' } as const;
    const found = askLimited({ ...scene, isBroken: isBrokenFor(broken, seed), random: numbers(seed) });
    expect(found.lost).toBe(0);
    const needed = (scene.names * (1 + 3 * broken)) / scene.perSecond;
    expect(found.seconds).toBeLessThan(needed + 4);
  }
});

test('who has never answered has no speed at which it does', () => {
  const watch = new OverloadWatch(0);
  for (let now = 0; now < 10_000; now += 10) {
    for (let left = 10; left > 0; left -= 1) watch.replied(false, true);
    watch.adapt(now);
    expect(watch.isInDoubt).toBe(false);
  }
  expect(watch.limit).toBe(null);
});

test('a limit is given up where the resolver answers more', () => {
  const watch = new OverloadWatch(0);
  const askFor = (fromMs: number, toMs: number, most: number): void => {
    for (let now = fromMs; now < toMs; now += 10) {
      const asked = Math.min(watch.limit ?? 1_000, 1_000) / 100;
      for (let nth = 0; nth < asked; nth += 1) watch.replied(nth < most / 100, true);
      watch.adapt(now);
    }
  };
  askFor(0, 3_500, 200);
  expect(watch.limit).toBeGreaterThan(50);
  expect(watch.limit).toBeLessThan(200);
  askFor(3_500, 60_000, 1_000);
  expect(watch.limit).toBe(null);
});
