import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

function paced() {
  const ticks = new Set<() => void>();
  const pace = new Pace({
    nowMs: () => 0,
    stalledMs: () => 0,
    every: (_, tick) => {
      ticks.add(tick);
      return () => ticks.delete(tick);
    },
  });
  const done: number[] = [];
  return {
    done,
    ticks,
    come: (from: number, to: number) => {
      for (let n = from; n < to; n += 1) void pace.turn().then(() => done.push(n));
    },
    tick: async () => {
      for (const tick of ticks) tick();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('a few go on at once, thousands in their order over many turns', async () => {
  const { done, ticks, come, tick } = paced();
  come(0, 1_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(done).toHaveLength(200);
  await tick();
  expect(done).toHaveLength(400);
  come(1_000, 1_100);
  for (let turn = 0; turn < 4; turn += 1) await tick();
  expect(done).toEqual(Array.from({ length: 1_100 }, (_, n) => n));
  expect(ticks.size).toBe(1);
  await tick();
  expect(ticks.size).toBe(0);
});

test('once it has come to rest it begins anew', async () => {
  const { done, ticks, come, tick } = paced();
  come(0, 3);
  await tick();
  expect(ticks.size).toBe(0);
  come(3, 300);
  await tick();
  await tick();
  expect(done).toHaveLength(300);
});
