import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NONE, SlotQueue, SlotTable } from './slot-table.ts';

describe('slots', () => {
  test('each is given out once until it is released', () => {
    const slots = new SlotTable<string>(4);
    const question = { name: 'a.example', type: 'A' } as const;
    const taken = [1, 2, 3, 4].map(() => slots.take(question, 'owner'));
    expect(new Set(taken).size).toBe(4);
    expect(slots.isFull).toBe(true);
    slots.release(2);
    expect(slots.used).toBe(3);
    expect(slots.owner[2]).toBeNull();
    expect(slots.take({ ...question, isDoubtful: true }, 'other')).toBe(2);
    expect(slots.isTelling[2]).toBe(0);
  });
});

describe('queue', () => {
  test('behaves like a list, around the end of its ring', () => {
    const step = fc.oneof(fc.constant('shift' as const), fc.nat(99));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = new SlotQueue(8);
        const list: number[] = [];
        for (const next of steps) {
          if (next === 'shift') {
            if (list.length === 0) continue;
            queue.shift();
            list.shift();
          } else if (list.length < 8) {
            queue.push(next);
            list.push(next);
          }
          expect(queue.peek()).toBe(list[0] ?? NONE);
          expect(queue.length).toBe(list.length);
        }
        queue.retain((slot) => slot % 2 === 0);
        const even = list.filter((slot) => slot % 2 === 0);
        expect(queue.length).toBe(even.length);
        for (const slot of even) {
          expect(queue.peek()).toBe(slot);
          queue.shift();
        }
      }),
    );
  });
});
