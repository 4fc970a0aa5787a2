import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TargetLimits } from './target-limits.ts';

const address = { key: 'address 1', limit: { concurrency: 2, requestsPerSecond: null } };
const domain = (name: string) => ({
  key: `domain ${name}`,
  limit: { concurrency: 1, requestsPerSecond: 10 },
});

describe('limits of targets', () => {
  it('lets in where there is room at all of them', () => {
    const limits = new TargetLimits();
    const one = limits.enter([address, domain('a')], 0);
    expect(limits.enter([address, domain('a')], 0)).toEqual({ leave: null, waitMs: null });
    const two = limits.enter([address, domain('b')], 0);
    expect(limits.enter([address, domain('c')], 0)).toEqual({ leave: null, waitMs: null });
    two.leave?.();
    two.leave?.();
    expect(limits.enter([address, domain('b')], 40)).toEqual({ leave: null, waitMs: 60 });
    one.leave?.();
    expect(limits.enter([address, domain('b')], 100).leave).not.toBeNull();
  });

  it('leaves an address alone only once several hosts behind it have asked for that', () => {
    const limits = new TargetLimits();
    for (const host of ['a', 'a', 'b']) limits.pause(host, 'address', 1_000, 0);
    expect([limits.pausedMs('a', 400), limits.pausedMs('address', 400)]).toEqual([600, 0]);
    limits.pause('c', 'address', 1_000, 0);
    expect(limits.pausedMs('address', 400)).toBe(600);
    expect([limits.pausedMs('address', 1_000), limits.pausedMs('a', 1_000)]).toEqual([0, 0]);
  });

  it('forgets what nothing is known of any more', () => {
    const limits = new TargetLimits();
    for (let i = 0; i < 120_000; i++) limits.enter([{ ...address, key: `k${i}` }], i).leave?.();
    expect(limits.size).toBeLessThanOrEqual(50_000);
  });
});

it('never has more at once than the limit says', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { maxLength: 100 }), (steps) => {
      const limits = new TargetLimits();
      const leaves: (() => void)[] = [];
      for (const step of steps) {
        if (step < 4) {
          const { leave } = limits.enter([address], 0);
          if (leave !== null) leaves.push(leave);
        } else leaves.pop()?.();
        expect(leaves.length).toBeLessThanOrEqual(2);
        expect(limits.hasRoom(address, 0)).toBe(leaves.length < 2);
      }
    }),
  );
});
