import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReleaseGate, type Target } from './release-gate.ts';
import { TestClock } from './testing/test-clock.ts';

const target = (key: string, intervalMs: number | null, concurrency: number | null): Target => ({
  key,
  kind: key,
  intervalMs,
  concurrency,
});

interface Opened {
  readonly clock: TestClock;
  readonly gate: ReleaseGate<string>;
  readonly held: { kind: string; waitedMs: number }[];
}

function open(more: { pace?: () => number; isOpen?: () => boolean; sharedBy?: () => number } = {}): Opened {
  const clock = new TestClock();
  const held: { kind: string; waitedMs: number }[] = [];
  const gate = new ReleaseGate<string>({
    clock,
    pace: more.pace ?? null,
    catchUpMs: 10,
    isOpen: more.isOpen ?? (() => true),
    sharedBy: more.sharedBy ?? (() => 1),
    onHeldUp: (kind, waitedMs) => held.push({ kind, waitedMs }),
  });
  return { clock, gate, held };
}

test('without limits everything starts at once and in order', () => {
  const { gate } = open();
  const order: number[] = [];
  for (let n = 0; n < 100; n++) gate.submit([], () => order.push(n));
  expect(order).toEqual(Array.from({ length: 100 }, (_, n) => n));
});

test('rates and concurrency of every target hold at every moment, and everything starts in the end', () => {
  const jobs = fc.array(
    fc.record({
      a: fc.integer({ min: 0, max: 3 }),
      b: fc.integer({ min: 0, max: 2 }),
      takesMs: fc.integer({ min: 0, max: 80 }),
      isCancelled: fc.boolean(),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(jobs, (list) => {
      const { clock, gate } = open();
      const starts = new Map<string, number[]>();
      const active = new Map<string, number>();
      let done = 0;
      const cancels = list.map(({ a, b, takesMs }) => {
        const targets = [target(`a${a}`, 20, a === 0 ? null : 2), target(`b${b}`, b === 0 ? null : 7, 1 + b)];
        return gate.submit(targets, () => {
          for (const { key, concurrency } of targets) {
            starts.set(key, [...(starts.get(key) ?? []), clock.nowMs()]);
            active.set(key, (active.get(key) ?? 0) + 1);
            expect(active.get(key)).toBeLessThanOrEqual(concurrency ?? Number.POSITIVE_INFINITY);
          }
          clock.after(takesMs, () => {
            for (const { key } of targets) active.set(key, (active.get(key) ?? 0) - 1);
            done += 1;
            gate.leave(targets);
          });
        });
      });
      const startedAtOnce = list.map((_, index) => index).filter((index) => index === -1);
      expect(startedAtOnce).toEqual([]);
      const before = done + [...active.values()].reduce((sum, n) => sum + n, 0) / 2;
      let cancelled = 0;
      // Those that have started already are not to be had back.
      for (const [index, { isCancelled }] of list.entries()) {
        if (!isCancelled || index < before + 8) continue;
        cancels[index]?.();
        cancelled += 1;
      }
      clock.run(60_000);
      expect(done).toBe(list.length - cancelled);
      for (const [key, times] of starts) {
        const least = key.startsWith('a') ? 20 : key === 'b0' ? 0 : 7;
        for (const [index, time] of times.entries())
          if (index > 0) expect(time - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(least);
      }
    }),
    { numRuns: 200 },
  );
});

test('a target that must wait does not hold up others', () => {
  const { clock, gate, held } = open();
  const order: string[] = [];
  for (const key of ['slow', 'slow', 'slow', 'x', 'y'])
    gate.submit([target(key, key === 'slow' ? 100 : 1, null)], () => order.push(`${key} ${clock.nowMs()}`));
  clock.run(1_000);
  expect(order).toEqual(['slow 0', 'x 0', 'y 0', 'slow 100', 'slow 200']);
  expect(held).toEqual([
    { kind: 'slow', waitedMs: 100 },
    { kind: 'slow', waitedMs: 200 },
  ]);
});

test('what took more than its allowance is made up for', () => {
  const { clock, gate } = open();
  const times: number[] = [];
  const once = [target('k', 100, null)];
  gate.submit(once, () => times.push(clock.nowMs()));
  gate.leave(once, 4);
  gate.submit(once, () => times.push(clock.nowMs()));
  clock.run(1_000);
  expect(times).toEqual([0, 400]);
});

test('a rhythm far quicker than the clock keeps its mean', () => {
  const { clock, gate } = open({ pace: () => 0.05 });
  let starts = 0;
  for (let n = 0; n < 100_000; n++) gate.submit([], () => starts++);
  clock.run(1_000);
  expect(starts).toBeGreaterThan(19_500);
  expect(starts).toBeLessThan(20_500);
});

test('nothing starts while it is closed', () => {
  let isOpen = false;
  const { clock, gate } = open({ isOpen: () => isOpen });
  const times: number[] = [];
  gate.submit([], () => times.push(clock.nowMs()));
  clock.run(3_200);
  expect(times).toEqual([]);
  isOpen = true;
  clock.run(1_000);
  expect(times).toEqual([3_500]);
});

test('limits are shared anew when others come, by what waits already too', () => {
  let sharedBy = 1;
  const { clock, gate } = open({ sharedBy: () => sharedBy });
  const rate = [target('rate', 10, null)];
  const room = [target('room', null, 4)];
  const starts: number[] = [];
  let active = 0;
  for (let n = 0; n < 40; n++) gate.submit(rate, () => starts.push(clock.nowMs()));
  for (let n = 0; n < 12; n++)
    gate.submit(room, () => {
      active += 1;
    });
  expect(active).toBe(4);
  clock.run(100);
  sharedBy = 2;
  const before = starts.length;
  clock.run(200);
  expect(starts.length - before).toBeGreaterThanOrEqual(9);
  expect(starts.length - before).toBeLessThanOrEqual(11);
  active -= 1;
  gate.leave(room);
  // Three are under way where two would be: nobody else starts.
  expect(active).toBe(3);
  sharedBy = 1;
  active -= 1;
  gate.leave(room);
  expect(active).toBe(4);
});
