import { createPermutation, type Permutation } from './permutation.ts';
import type { Shaping } from './shaping-schema.ts';

/** The order in which a run takes ordinals, as it is stored: nothing but a key. */
export interface OrdinalOrder {
  /** Ordinals are those of [0, size). */
  readonly size: number;
  readonly key: string;
}

/** The shaping of one run of a phase, fixed when it starts. */
export interface ShapingPlan {
  readonly values: Shaping;
  /** The campaign's ordinals are those of [0, size). */
  readonly size: number;
  /** Null: in the order of ordinals. */
  readonly order: OrdinalOrder | null;
  /** When the run began, in milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Configurations of the personas that take turns with the phase's own one. */
  readonly personas: readonly unknown[];
}

/** Of a range of positions [lo, hi) the ordinals, in the order of positions. Positions beyond the end have none. */
export function ordinalsAt(order: OrdinalOrder, lo: number, hi: number): number[] {
  const permutation = permutationOf(order);
  const end = Math.min(hi, order.size);
  return Array.from({ length: Math.max(0, end - lo) }, (_, index) => permutation.ordinalAt(lo + index));
}

export const permutationOf = ({ size, key }: OrdinalOrder): Permutation => createPermutation(size, key);
