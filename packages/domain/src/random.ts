/** Randomness as the domain sees it, which has none of its own. */
export interface Randomness {
  /** A whole number in [0, limit) that nobody can foresee; `limit` is at most 65,536. */
  below(limit: number): number;
}
