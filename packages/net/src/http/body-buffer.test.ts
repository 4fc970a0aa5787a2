import { describe, expect, it } from 'vitest';
import { BodyBuffer } from './body-buffer.ts';

describe('buffer of a body', () => {
  it.each([null, 0, 5, 200_000, 1e15])(
    'gives what was pushed, up to its cap, with %s octets expected',
    (expected) => {
      const all = Buffer.from(Array.from({ length: 150_000 }, (_, i) => i % 251));
      for (const cap of [1, 100_000, 150_000, 1e9]) {
        const body = new BodyBuffer(cap, expected);
        const chunk = Buffer.alloc(65_536);
        for (let at = 0; at < all.length; at += 40_000) {
          // The same octets of memory each time, as the socket has them.
          const octets = all.copy(chunk, 0, at, at + 40_000);
          body.push(chunk.subarray(0, octets));
        }
        const size = Math.min(cap, all.length);
        expect([body.size, body.isFull]).toEqual([size, cap <= all.length]);
        expect(body.take().equals(all.subarray(0, size))).toBe(true);
      }
    },
  );

  it('is empty where nothing came', () => {
    expect(new BodyBuffer(10, 10).take().length).toBe(0);
  });
});
