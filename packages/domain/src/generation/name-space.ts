import type { Candidate, SkipReason } from './candidate.ts';

/** Called for each offset of a range in order; `index` counts from 0 at its start. */
export interface RangeVisitor {
  name(index: number, name: string): void;
  skip(index: number, reason: SkipReason): void;
}

/**
 * Every candidate that a pattern means, each at its own offset in [0, size). Offsets do not move: an offset that gives
 * no name keeps its place (SPEC.md, G3).
 */
export interface NameSpace {
  readonly size: bigint;
  /** Whether two offsets could spell the same name; false where that is impossible. */
  readonly mayRepeat: boolean;
  /** The candidate at `offset`; `RangeError` outside of [0, size). */
  nameAt(offset: bigint): Candidate;
  /** The offset that gives `name` (lower-case A-labels), the lowest where several do; null where none does. */
  offsetOf(name: string): bigint | null;
  /** Visits [lo, hi), which lies within the space, in order: the fast way through many offsets. */
  walk(lo: bigint, hi: bigint, visitor: RangeVisitor): void;
}

/** `RangeError` where [lo, hi) is not a range of the space. */
export function checkRange(space: Pick<NameSpace, 'size'>, lo: bigint, hi: bigint): void {
  if (lo < 0n || hi < lo || hi > space.size) {
    throw new RangeError(`[${lo}, ${hi}) is not within [0, ${space.size})`);
  }
}
