import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

const never = new AbortController().signal;
/** Whether a promise has been resolved by now. */
const isSettled = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    promise.then(() => true),
    new Promise<false>((resolve) => setImmediate(() => resolve(false))),
  ]);

describe('turns', () => {
  it('lets so many go at once, the others in the order of their coming', async () => {
    const turns = new Turns(2);
    const endFirst = await turns.take(never);
    await turns.take(never);
    const third = turns.take(never);
    const fourth = turns.take(never);
    expect(await isSettled(third)).toBe(false);
    endFirst();
    endFirst();
    const endThird = await third;
    expect(await isSettled(fourth)).toBe(false);
    endThird();
    expect(await isSettled(fourth)).toBe(true);
  });

  it('a wait that is given up takes no place, and leaves the others theirs', async () => {
    const turns = new Turns(1);
    const end = await turns.take(never);
    const stop = new AbortController();
    const givenUp = turns.take(stop.signal);
    const next = turns.take(never);
    stop.abort();
    (await givenUp)();
    expect(await isSettled(next)).toBe(false);
    end();
    (await next)();
    expect(await isSettled(turns.take(never))).toBe(true);
  });

  it('a place that was handed over just before the signal is freed as well', async () => {
    const turns = new Turns(1);
    const end = await turns.take(never);
    const stop = new AbortController();
    const waiting = turns.take(stop.signal);
    end();
    stop.abort();
    (await waiting)();
    expect(await isSettled(turns.take(never))).toBe(true);
  });
});
