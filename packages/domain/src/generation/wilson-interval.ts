/** The quantile of the normal distribution for 95% between both ends. */
const Z = 1.959_963_984_540_054;

export interface ShareEstimate {
  /** What was seen, 0 to 1. */
  readonly share: number;
  /** The true share lies between these with 95% confidence. */
  readonly low: number;
  readonly high: number;
}

/**
 * The share of successes in a random sample, with its Wilson score interval (E. B. Wilson, 1927): right also for small
 * samples and for shares near 0 and 1. Null for an empty sample.
 */
export function wilsonInterval(successes: number, trials: number): ShareEstimate | null {
  if (trials === 0) return null;
  const share = successes / trials;
  const scale = 1 + (Z * Z) / trials;
  const centre = (share + (Z * Z) / (2 * trials)) / scale;
  const margin = (Z / scale) * Math.sqrt((share * (1 - share)) / trials + (Z * Z) / (4 * trials * trials));
  // At the ends the formula gives 0 and 1 but for its rounding.
  return {
    share,
    low: successes === 0 ? 0 : Math.max(0, centre - margin),
    high: successes === trials ? 1 : Math.min(1, centre + margin),
  };
}
