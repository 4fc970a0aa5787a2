import { expect, test } from 'vitest';
import { RateLimit } from './rate-limit.ts';

function spentIn(limit: RateLimit, fromMs: number, toMs: number): number {
  let spent = 0;
  for (let now = fromMs; now < toMs; now += 10) {
    limit.refill(now);
    while (limit.hasRoom && spent < 1e6) {
      limit.spend();
      spent += 1;
    }
  }
  return spent;
}

test.each([1, 50, 5_000])('%d queries a second hold over ten seconds', (perSecond) => {
  const spent = spentIn(new RateLimit(perSecond, 0), 0, 10_000);
  expect(spent).toBeGreaterThanOrEqual(perSecond * 9.8);
  expect(spent).toBeLessThanOrEqual(perSecond * 10.1 + 1);
});

test('a pause does not save up more than a moment', () => {
  const limit = new RateLimit(1_000, 0);
  spentIn(limit, 0, 100);
  expect(spentIn(limit, 60_000, 60_010)).toBeLessThanOrEqual(50);
});

test('a cap holds until it is taken away, and is no more than the limit', () => {
  const limit = new RateLimit(1_000, 0);
  limit.cap(100, 0);
  expect(spentIn(limit, 0, 5_000)).toBeLessThanOrEqual(510);
  limit.cap(5_000, 5_000);
  expect(limit.perSecond).toBe(1_000);
  limit.cap(null, 5_000);
  expect(spentIn(limit, 5_000, 10_000)).toBeGreaterThan(4_900);
});

test('null is no limit', () => {
  expect(new RateLimit(null, 0).hasRoom).toBe(true);
});
