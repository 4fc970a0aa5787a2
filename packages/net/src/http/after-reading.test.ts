import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { afterReading } from './after-reading.ts';

it('works on all that is there in the order in which it came, and lets the event loop turn in between', async () => {
  const done: number[] = [];
  for (let index = 0; index < 100; index++) afterReading(() => done.push(index));
  expect(done).toEqual([]);
  await setImmediate();
  expect(done.length).toBeGreaterThan(0);
  expect(done.length).toBeLessThan(100);
  afterReading(() => done.push(100));
  while (done.length < 101) await setImmediate();
  expect(done).toEqual(Array.from({ length: 101 }, (_, index) => index));
});
