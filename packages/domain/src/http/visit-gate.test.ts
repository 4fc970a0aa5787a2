import { describe, expect, it } from 'vitest';
import { QuietLane } from './quiet-lane.ts';
import { type Admission, VisitGate } from './visit-gate.ts';

/** Enters as often as it may, and again whenever there is room. */
function greedy(admission: Admission): { leaves: (() => void)[]; end: () => void } {
  const leaves: (() => void)[] = [];
  const enter = (): void => {
    for (let leave = admission.enter(); leave !== null; leave = admission.enter()) leaves.push(leave);
  };
  const end = admission.wait(enter);
  enter();
  return { leaves, end };
}

const TIMEOUT_MS = 1_000;

describe('gate of visits', () => {
  let timeMs = 0;
  let limit = 4;
  const gateOf = (most: number): VisitGate => {
    limit = most;
    return new VisitGate(
      () => limit,
      () => timeMs,
    );
  };

  it('admits up to the limit, and those who wait in turn', () => {
    const gate = gateOf(4);
    const first = greedy(gate.admission('a', 100, TIMEOUT_MS));
    const second = greedy(gate.admission('b', 100, TIMEOUT_MS));
    expect([first.leaves.length, second.leaves.length, gate.active]).toEqual([4, 0, 4]);
    for (const leave of first.leaves.splice(0)) leave();
    expect([first.leaves.length, second.leaves.length, gate.active]).toEqual([2, 2, 4]);
  });

  it('admits no more of a group than that allows, whatever the limit', () => {
    const gate = gateOf(100);
    const one = greedy(gate.admission('persona', 3, TIMEOUT_MS));
    const same = greedy(gate.admission('persona', 3, TIMEOUT_MS));
    const other = greedy(gate.admission('other', 5, TIMEOUT_MS));
    expect([one, same, other].map(({ leaves }) => leaves.length)).toEqual([3, 0, 5]);
    one.leaves.pop()?.();
    expect(one.leaves.length + same.leaves.length).toBe(3);
  });

  it('gives the places of visits that wait for slow sites to others, up to what their group allows', () => {
    const gate = gateOf(4);
    const { leaves } = greedy(gate.admission('a', 10, TIMEOUT_MS));
    expect(leaves.length).toBe(4);
    for (const expected of [8, 10, 10]) {
      timeMs += TIMEOUT_MS / 4;
      gate.refresh();
      expect(leaves.length).toBe(expected);
    }
    for (const leave of leaves.splice(0)) leave();
    expect([leaves.length, gate.active]).toEqual([4, 4]);
  });

  it('calls slow what takes four times as long as most at present, a quarter of the deadline at most', () => {
    const deadlineMs = 10_000;
    const gate = gateOf(4);
    const { leaves } = greedy(gate.admission('a', 1_000, deadlineMs));
    const refreshAfter = (ms: number): number => {
      timeMs += ms;
      gate.refresh();
      return leaves.length;
    };
    // Nothing is known of how long visits take.
    expect([refreshAfter(2_499), refreshAfter(1)]).toEqual([4, 8]);
    const visitAllFor = (ms: number): void => {
      for (let i = 0; i < 200; i++) {
        const [leave] = leaves.splice(-1);
        timeMs += ms;
        leave?.();
      }
      timeMs += deadlineMs;
      gate.refresh();
    };
    visitAllFor(150);
    const before = leaves.length;
    expect([refreshAfter(599), refreshAfter(1)]).toEqual([before, before + 4]);
    visitAllFor(1);
    const then = leaves.length;
    expect([refreshAfter(249), refreshAfter(1)]).toEqual([then, then + 4]);
  });

  it('counts each leave once, and forgets who no longer waits', () => {
    const gate = gateOf(1);
    const one = greedy(gate.admission('a', 1, TIMEOUT_MS));
    const two = greedy(gate.admission('b', 1, TIMEOUT_MS));
    two.end();
    one.end();
    const [leave] = one.leaves;
    leave?.();
    leave?.();
    expect([gate.active, two.leaves.length]).toEqual([0, 0]);
  });

  it('lets those who wait in when the limit has risen', () => {
    const gate = gateOf(1);
    const { leaves } = greedy(gate.admission('a', 10, TIMEOUT_MS));
    limit = 5;
    gate.refresh();
    expect(leaves.length).toBe(5);
  });
});

describe('quiet lane', () => {
  const never = new AbortController().signal;

  it('lets eight through at once, more where many wait, and never many', async () => {
    const lane = new QuietLane();
    const inside: ((stoodStill: boolean) => void)[] = [];
    for (let i = 0; i < 8 + 3; i++) void lane.enter(never).then((leave) => inside.push(leave));
    await Promise.resolve();
    expect(inside.length).toBe(8);
    for (let i = 0; i < 2_000; i++) void lane.enter(never).then((leave) => inside.push(leave));
    await Promise.resolve();
    expect(inside.length).toBe(32);
    while (inside.length > 0) {
      inside.pop()?.(false);
      await Promise.resolve();
    }
    let late = false;
    await lane.enter(never).then(() => {
      late = true;
    });
    expect(late).toBe(true);
  });

  it('lets ever fewer through while the process stands still, and more again afterwards', async () => {
    const lane = new QuietLane();
    const inside: ((stoodStill: boolean) => void)[] = [];
    for (let i = 0; i < 100; i++) void lane.enter(never).then((leave) => inside.push(leave));
    await Promise.resolve();
    const leaveAll = async (stoodStill: boolean): Promise<void> => {
      for (const leave of inside.splice(0)) leave(stoodStill);
      await Promise.resolve();
    };
    await leaveAll(true);
    expect(inside.length).toBe(2);
    await leaveAll(false);
    expect(inside.length).toBe(4);
  });

  it('gives up with the reason of an abort', async () => {
    const lane = new QuietLane();
    for (let i = 0; i < 8; i++) await lane.enter(never);
    const abort = new AbortController();
    const waiting = lane.enter(abort.signal);
    abort.abort(new Error('paused'));
    await expect(waiting).rejects.toThrow('paused');
    await expect(lane.enter(abort.signal)).rejects.toThrow('paused');
  });
});
