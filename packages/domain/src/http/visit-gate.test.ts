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

describe('gate of visits', () => {
  it('admits up to the limit, and those who wait in turn', () => {
    const gate = new VisitGate(() => 4);
    const first = greedy(gate.admission('a', 100));
    const second = greedy(gate.admission('b', 100));
    expect([first.leaves.length, second.leaves.length, gate.inFlight]).toEqual([4, 0, 4]);
    for (const leave of first.leaves.splice(0)) leave();
    expect([first.leaves.length, second.leaves.length, gate.inFlight]).toEqual([2, 2, 4]);
  });

  it('admits no more of a group than that allows, whatever the limit', () => {
    const gate = new VisitGate(() => 100);
    const one = greedy(gate.admission('persona', 3));
    const same = greedy(gate.admission('persona', 3));
    const other = greedy(gate.admission('other', 5));
    expect([one, same, other].map(({ leaves }) => leaves.length)).toEqual([3, 0, 5]);
    one.leaves.pop()?.();
    expect(one.leaves.length + same.leaves.length).toBe(3);
  });

  it('counts each leave once, and forgets who no longer waits', () => {
    const gate = new VisitGate(() => 1);
    const one = greedy(gate.admission('a', 1));
    const two = greedy(gate.admission('b', 1));
    two.end();
    one.end();
    const [leave] = one.leaves;
    leave?.();
    leave?.();
    expect([gate.inFlight, two.leaves.length]).toEqual([0, 0]);
  });

  it('lets those who wait in when the limit has risen', () => {
    let limit = 1;
    const gate = new VisitGate(() => limit);
    const { leaves } = greedy(gate.admission('a', 10));
    limit = 5;
    gate.offer();
    expect(leaves.length).toBe(5);
  });
});

describe('quiet lane', () => {
  const never = new AbortController().signal;

  it('lets eight through at once, more where many wait, and never many', async () => {
    const lane = new QuietLane();
    const inside: (() => void)[] = [];
    for (let i = 0; i < 8 + 15; i++) void lane.enter(never).then((leave) => inside.push(leave));
    await Promise.resolve();
    expect(inside.length).toBe(8);
    for (let i = 0; i < 2_000; i++) void lane.enter(never).then((leave) => inside.push(leave));
    await Promise.resolve();
    expect(inside.length).toBe(32);
    while (inside.length > 0) {
      inside.pop()?.();
      await Promise.resolve();
    }
    let late = false;
    await lane.enter(never).then(() => {
      late = true;
    });
    expect(late).toBe(true);
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
