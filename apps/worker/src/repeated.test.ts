import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Repeated } from './repeated.ts';

const unexpected = (error: unknown): never => {
  throw error;
};

test('a step that says there is more is followed at once, any other after the interval', async () => {
  const left = [true, true, false];
  let steps = 0;
  const ended = Promise.withResolvers<void>();
  const repeated = new Repeated({
    intervalMs: 60_000,
    step: async () => {
      steps += 1;
      const more = left.shift() === true;
      if (!more) ended.resolve();
      return more;
    },
    failed: unexpected,
  });
  repeated.start();
  await ended.promise;
  await repeated.stop();
  expect(steps).toBe(3);
});

test('a step that fails is told, and the next one comes after the pause', async () => {
  const told: unknown[] = [];
  const second = Promise.withResolvers<void>();
  let steps = 0;
  const repeated = new Repeated({
    intervalMs: 60_000,
    pauseAfterFailureMs: 1,
    step: async () => {
      steps += 1;
      if (steps === 1) throw new Error('planted');
      second.resolve();
    },
    failed: (error) => told.push(error),
  });
  repeated.start();
  await second.promise;
  await repeated.stop();
  expect(told).toEqual([new Error('planted')]);
});

test('stopping waits for the step under way, tells it, and no other follows', async () => {
  let running = 0;
  let steps = 0;
  const repeated = new Repeated({
    intervalMs: 0,
    step: async (signal) => {
      running += 1;
      steps += 1;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await sleep(5);
      running -= 1;
      return true;
    },
    failed: unexpected,
  });
  repeated.start();
  await repeated.stop();
  expect(running).toBe(0);
  await sleep(10);
  expect(steps).toBe(1);
});
