/** Buckets for each doubling; a percentile is exact to a fifth. */
const PER_DOUBLING = 4;
/** Tenths of a millisecond up to two minutes. */
const BUCKETS = 21 * PER_DOUBLING;

/** Round-trip times in buckets that grow with the time: constant memory, a few operations for each. */
export class LatencyHistogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;

  add(ms: number): void {
    const bucket = Math.min(BUCKETS - 1, Math.floor(Math.log2(Math.max(1, ms * 10)) * PER_DOUBLING));
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#total += 1;
  }

  /** The time in milliseconds within which this share of the replies came; null without any. */
  percentileMs(share: number): number | null {
    if (this.#total === 0) return null;
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      seen += this.#counts[bucket] as number;
      if (seen >= this.#total * share) return Math.round(2 ** ((bucket + 0.5) / PER_DOUBLING)) / 10;
    }
    return null;
  }
}
