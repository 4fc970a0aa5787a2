import { describe, expect, test } from 'vitest';
import { AdaptiveWindow, MAX_WINDOW } from './adaptive-window.ts';

interface Path {
  /** Replies that the server gives in a second. */
  readonly perSecond: number;
  readonly rttMs: number;
  /** Packets beyond what is being worked on that the path holds; the others are dropped. */
  readonly buffer: number;
  /** Share of names that never answer. */
  readonly dead?: number;
}

/** Numbers in [0, 1), the same in each run (xorshift32). */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Runs a window against a simulated path in steps of 10 ms; gives its sizes, and what was answered and dropped. */
function simulate(window: AdaptiveWindow, path: Path, fromMs: number, toMs: number) {
  const lateAt = new Map<number, number>();
  const dueAt = new Map<number, number>();
  const sizes: number[] = [];
  let queue = 0;
  let answered = 0;
  let dropped = 0;
  const chance = pseudoRandom(1);
  const count = (map: Map<number, number>, at: number, by: number): void =>
    void map.set(at, (map.get(at) ?? 0) + by);
  for (let now = fromMs; now < toMs; now += 10) {
    const due = dueAt.get(now) ?? 0;
    for (let index = 0; index < due; index += 1) window.replied(path.rttMs, false, true);
    answered += due;
    const late = lateAt.get(now) ?? 0;
    for (let index = 0; index < late; index += 1) window.becameLate(true);
    window.adapt(now);
    let sent = 0;
    while (window.hasRoom) {
      window.inFlight += 1;
      sent += 1;
    }
    let dead = 0;
    for (let index = 0; index < sent; index += 1) if (chance() < (path.dead ?? 0)) dead += 1;
    const room = path.buffer + path.perSecond / 100 - queue;
    const lost = Math.max(0, sent - dead - room);
    dropped += lost;
    count(lateAt, now + Math.ceil(window.lateAfterMs / 10) * 10, dead + lost);
    queue += sent - dead - lost;
    const served = Math.min(queue, path.perSecond / 100);
    queue -= served;
    count(dueAt, now + Math.max(10, path.rttMs), served);
    sizes.push(window.size);
  }
  while (window.inFlight > 0) window.dropped(false);
  return { sizes, answered, dropped, perSecond: (answered / (toMs - fromMs)) * 1_000 };
}

describe('window', () => {
  test('a far and fast resolver is filled', () => {
    const { perSecond } = simulate(
      new AdaptiveWindow(2_000, 0),
      { perSecond: 20_000, rttMs: 100, buffer: 5_000 },
      0,
      20_000,
    );
    expect(perSecond).toBeGreaterThan(14_000);
  });

  test('a full bottleneck is not pressed further', () => {
    const { sizes, perSecond } = simulate(
      new AdaptiveWindow(2_000, 0),
      { perSecond: 10_000, rttMs: 10, buffer: 100_000 },
      0,
      20_000,
    );
    expect(Math.max(...sizes)).toBeLessThan(1_500);
    expect(perSecond).toBeGreaterThan(9_000);
  });

  test('what a small buffer drops makes the window smaller, and little is dropped in all', () => {
    const { answered, dropped } = simulate(
      new AdaptiveWindow(2_000, 0),
      { perSecond: 40_000, rttMs: 10, buffer: 60 },
      0,
      20_000,
    );
    expect(dropped / answered).toBeLessThan(0.005);
  });

  test.each([
    { buffer: 20, perSecond: 2_000 },
    { buffer: 8, perSecond: 500 },
    { buffer: 3, perSecond: 100 },
  ])('a slow server with a buffer of $buffer packets loses few, and is kept busy', (server) => {
    const window = new AdaptiveWindow(2_000, 0);
    simulate(window, { ...server, rttMs: 10 }, 0, 20_000);
    const { answered, dropped, perSecond } = simulate(window, { ...server, rttMs: 10 }, 20_000, 80_000);
    expect(dropped / answered).toBeLessThan(0.03);
    expect(perSecond).toBeGreaterThan(server.perSecond * 0.5);
  });

  test.each([0.02, 0.05, 0.1, 0.2, 0.5])('a loss of %d that no window changes costs little', (dead) => {
    const window = new AdaptiveWindow(2_000, 0);
    const path = { perSecond: 20_000, rttMs: 10, buffer: 2_000, dead };
    const { perSecond } = simulate(window, path, 0, 30_000);
    expect(perSecond).toBeGreaterThan(20_000 * 0.5);
    const later = simulate(window, path, 30_000, 150_000);
    expect(later.perSecond).toBeGreaterThan(20_000 * 0.8);
  });

  test.each([
    { perSecond: 40_000, buffer: 60 },
    { perSecond: 2_000, buffer: 20 },
  ])('a small buffer of $buffer packets behind a bad line loses few', (server) => {
    const window = new AdaptiveWindow(2_000, 0);
    const path = { ...server, rttMs: 10, dead: 0.05 };
    simulate(window, path, 0, 20_000);
    const { answered, dropped, perSecond } = simulate(window, path, 20_000, 120_000);
    expect(dropped / answered).toBeLessThan(0.03);
    expect(perSecond).toBeGreaterThan(server.perSecond * 0.7);
  });

  test('a bad line that becomes good and bad again is used all the time', () => {
    const window = new AdaptiveWindow(2_000, 0);
    const path = { perSecond: 5_000, rttMs: 20, buffer: 1_000 };
    for (let minute = 0; minute < 10; minute += 1) {
      const from = minute * 60_000;
      const { perSecond } = simulate(
        window,
        { ...path, dead: minute % 2 === 0 ? 0.1 : 0 },
        from,
        from + 60_000,
      );
      expect(perSecond).toBeGreaterThan(5_000 * 0.75);
    }
  });

  test('dead names do not close the window', () => {
    const { perSecond } = simulate(
      new AdaptiveWindow(2_000, 0),
      { perSecond: 20_000, rttMs: 50, buffer: 2_000, dead: 0.15 },
      0,
      30_000,
    );
    expect(perSecond).toBeGreaterThan(8_000);
  });

  test('a silent resolver gets single queries, and all again once it replies', () => {
    const window = new AdaptiveWindow(2_000, 0);
    simulate(window, { perSecond: 10_000, rttMs: 10, buffer: 1_000 }, 0, 2_000);
    const { sizes } = simulate(window, { perSecond: 0, rttMs: 10, buffer: 0 }, 2_000, 6_000);
    expect(window.isDown).toBe(true);
    expect(sizes.at(-1)).toBe(1);
    window.replied(10, true, true);
    expect(window.isDown).toBe(false);
    expect(window.size).toBeGreaterThan(100);
  });

  test('silence that tells nothing does not take a resolver down', () => {
    const window = new AdaptiveWindow(2_000, 0);
    window.inFlight = 100;
    for (let index = 0; index < 100; index += 1) window.becameLate(false);
    window.adapt(10_000);
    expect(window).toMatchObject({ isDown: false, inFlight: 0, size: 256 });
  });

  test('the window has a limit', () => {
    const path = { perSecond: 1_000_000, rttMs: 1_000, buffer: 1_000_000 };
    const { sizes } = simulate(new AdaptiveWindow(30_000, 0), path, 0, 60_000);
    expect(Math.max(...sizes)).toBe(MAX_WINDOW);
  });
});
