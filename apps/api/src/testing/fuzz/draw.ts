/** Numbers that look random and are the same in each run of a seed (mulberry32). */
export interface Draw {
  /** A whole number in [0, below). */
  int(below: number): number;
  /** True once in `n` times. */
  once(n: number): boolean;
  /** One of the list. */
  of<T>(list: readonly T[]): T;
}

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return { int, once: (n) => int(n) === 0, of: (list) => list[int(list.length)] as never };
}
