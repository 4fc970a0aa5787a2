import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignProgress } from './progress.ts';
import { PHASE_STATUSES } from './states.ts';

describe('campaignProgress', () => {
  it('counts each phase the same', () => {
    expect(campaignProgress([])).toBe(0);
    expect(campaignProgress([{ status: 'configured', total: 0, processed: 0 }])).toBe(0);
    expect(
      campaignProgress([
        { status: 'completed', total: 10, processed: 10 },
        { status: 'running', total: 1_000, processed: 333 },
        { status: 'configured', total: 0, processed: 0 },
      ]),
    ).toBe(44.4);
    // A phase that no domain reached is done too.
    expect(campaignProgress([{ status: 'completed', total: 0, processed: 0 }])).toBe(100);
  });

  it('stays between 0 and 100, has one decimal, and is 100 only where all has completed', () => {
    const phase = fc.record({
      status: fc.constantFrom(...PHASE_STATUSES),
      total: fc.nat(1_000_000),
      processed: fc.nat(1_000_000),
    });
    fc.assert(
      fc.property(fc.array(phase, { minLength: 1, maxLength: 4 }), (phases) => {
        const progress = campaignProgress(phases);
        expect(progress).toBeGreaterThanOrEqual(0);
        expect(Number(progress.toFixed(1))).toBe(progress);
        expect(progress === 100).toBe(phases.every(({ status }) => status === 'completed'));
      }),
    );
  });
});
