import { expect, it } from 'vitest';
import { createProcessClock } from './process-clock.ts';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const burn = (ms: number): void => {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
};

it('counts the time in which the process stands still, at once and only once', async () => {
  const clock = createProcessClock();
  await sleep(120);
  const before = clock.stalledMs();
  burn(400);
  const atOnce = clock.stalledMs() - before;
  await sleep(5);
  const later = clock.stalledMs() - before;
  expect(atOnce).toBeGreaterThan(300);
  expect(atOnce).toBeLessThan(500);
  expect(later).toBeGreaterThanOrEqual(atOnce);
  burn(400);
  expect(clock.stalledMs() - before - later).toBeGreaterThan(300);
});

it('ticks until it is told to end', async () => {
  let ticks = 0;
  const end = createProcessClock().every(5, () => ticks++);
  await sleep(60);
  end();
  const seen = ticks;
  expect(seen).toBeGreaterThan(1);
  await sleep(40);
  expect(ticks).toBe(seen);
});
