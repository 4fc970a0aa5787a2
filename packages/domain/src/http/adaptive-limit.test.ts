import { describe, expect, it } from 'vitest';
import { AdaptiveLimit, FEWEST_VISITS } from './adaptive-limit.ts';

const calm = { durationMs: 250, stalledMs: 0 };

/** As many visits as the limit allows are always under way; `count` of them end, each with one connection. */
function visits(limit: AdaptiveLimit, count: number, share: number): void {
  for (let i = 0; i < count; i++) {
    limit.seeConnection(share, limit.limit);
    limit.seeEnd(limit.limit);
  }
}

describe('adaptive limit', () => {
  it('begins with few, rises fast while all goes well, and no further than it is used', () => {
    const limit = new AdaptiveLimit();
    expect(limit.limit).toBe(FEWEST_VISITS);
    visits(limit, 400, 0.01);
    expect(limit.limit).toBeGreaterThan(200);
    const reached = limit.limit;
    for (let i = 0; i < 1_000; i++) limit.seeEnd(reached / 2);
    expect(limit.limit).toBe(reached);
    visits(limit, 10_000, 0.01);
    expect(limit.limit).toBe(2_000);
  });

  it('falls at once to the fewest when the process stands still, and rises slowly afterwards', () => {
    const limit = new AdaptiveLimit();
    visits(limit, 400, 0.01);
    for (let i = 0; i < 6; i++) limit.seeWindow({ durationMs: 500, stalledMs: 400, inFlight: limit.limit });
    expect([limit.limit, limit.congestions]).toEqual([FEWEST_VISITS, 0]);
    visits(limit, 100, 0.01);
    expect(limit.limit).toBe(FEWEST_VISITS);
    limit.seeWindow({ ...calm, inFlight: 8 });
    visits(limit, 8, 0.01);
    expect(limit.limit).toBeGreaterThan(FEWEST_VISITS);
    expect(limit.limit).toBeLessThan(FEWEST_VISITS + 5);
  });

  it('does not fall twice for what was under way before it fell', () => {
    const limit = new AdaptiveLimit();
    visits(limit, 400, 0.01);
    const before = limit.limit;
    for (let i = 0; i < 5; i++) limit.seeWindow({ durationMs: 250, stalledMs: 100, inFlight: before });
    expect(limit.limit).toBeGreaterThan(before / 2);
  });

  it('is not moved by the lateness that every busy process has', () => {
    const limit = new AdaptiveLimit();
    for (let i = 0; i < 40; i++) {
      limit.seeWindow({ durationMs: 260, stalledMs: 20, inFlight: limit.limit });
      visits(limit, 10, 0.01);
    }
    expect(limit.limit).toBeGreaterThan(100);
    expect(limit.congestions).toBe(0);
  });

  it('falls when connecting takes far longer than its best, whatever single sites do', () => {
    const limit = new AdaptiveLimit();
    visits(limit, 160, 0.02);
    const before = limit.limit;
    for (let i = 0; i < 160; i++) limit.seeConnection(i % 3 === 0 ? 0.6 : 0.02, before);
    expect([limit.congestions, limit.limit]).toEqual([0, before]);
    for (let i = 0; i < 160; i++) limit.seeConnection(0.15, limit.limit);
    expect(limit.isCongested).toBe(true);
    expect(limit.limit).toBeLessThan(before / 2);
    visits(limit, 32, 0.02);
    expect(limit.isCongested).toBe(false);
  });

  it('gets used to sites that are farther away', () => {
    const limit = new AdaptiveLimit();
    visits(limit, 32, 0.01);
    visits(limit, 3_000, 0.1);
    const before = limit.limit;
    visits(limit, 3_000, 0.1);
    expect(limit.isCongested).toBe(false);
    expect(limit.limit).toBeGreaterThan(before);
  });

  it('falls when the system has no more sockets, and never below the fewest', () => {
    const limit = new AdaptiveLimit();
    visits(limit, 200, 0.01);
    for (let i = 0; i < 50; i++) limit.seeLocalFailure(limit.limit);
    expect(limit.limit).toBe(FEWEST_VISITS);
  });
});
