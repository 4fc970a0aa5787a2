import { z } from 'zod';

export const JITTER_DISTRIBUTIONS = ['none', 'uniform', 'normal', 'exponential'] as const;

/** The time from one start to the next: of a question of DNS, or of a visit. */
export const jitterSchema = z.object({
  distribution: z.enum(JITTER_DISTRIBUTIONS).default('none'),
  /** Mean time between two starts, of all workers together. Not used with `none`. */
  meanMs: z.number().min(0.01).max(600_000).default(100),
  /**
   * Half the width of `uniform` and the standard deviation of `normal`, as a share of the mean. `exponential` has none:
   * its deviation is its mean.
   */
  spread: z.number().min(0).max(1).default(0.5),
});
export type Jitter = z.output<typeof jitterSchema>;

/** A number of [0, 1), as `Math.random` gives. */
export type RandomSource = () => number;

/** Draws a time between two starts, in milliseconds; null where there is no jitter. */
export function jitterSampler(jitter: Jitter, random: RandomSource): (() => number) | null {
  const { distribution, meanMs, spread } = jitter;
  switch (distribution) {
    case 'none':
      return null;
    case 'uniform':
      return () => meanMs * (1 + spread * (2 * random() - 1));
    case 'normal':
      return () => meanMs * (1 + spread * boundedNormal(random, spread));
    case 'exponential':
      return () => -meanMs * Math.log(1 - random());
  }
}

/** Box and Muller. Cut at as far above the mean as below it, where times would be negative, so that the mean stays. */
function boundedNormal(random: RandomSource, spread: number): number {
  for (;;) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const value = radius * Math.cos(2 * Math.PI * random());
    if (Math.abs(value) * spread <= 1) return value;
  }
}

/** The coefficient of variation (deviation ÷ mean) that a long sample has; null where there is no jitter. */
export function expectedVariation({ distribution, spread }: Jitter): number | null {
  switch (distribution) {
    case 'none':
      return null;
    case 'uniform':
      return spread / Math.sqrt(3);
    case 'normal':
      return spread * truncatedDeviation(1 / Math.max(spread, 1e-9));
    case 'exponential':
      return 1;
  }
}

/** Deviation of the standard normal distribution cut to [−at, at], by Simpson's rule. */
function truncatedDeviation(at: number): number {
  const limit = Math.min(at, 8);
  const steps = 200;
  const width = limit / steps;
  let mass = 0;
  let square = 0;
  for (let step = 0; step <= steps; step++) {
    const x = step * width;
    const weight = (step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2) * Math.exp((-x * x) / 2);
    mass += weight;
    square += weight * x * x;
  }
  return Math.sqrt(square / mass);
}
