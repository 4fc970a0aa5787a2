const KEPT = 128;

/** The last latencies that were measured, in milliseconds. */
export class RecentLatency {
  readonly #samples: number[] = [];
  #next = 0;

  add(ms: number): void {
    this.#samples[this.#next] = ms;
    this.#next = (this.#next + 1) % KEPT;
  }

  /** Null before the first. */
  percentiles(): { readonly p50Ms: number; readonly p95Ms: number } | null {
    if (this.#samples.length === 0) return null;
    const sorted = this.#samples.toSorted((a, b) => a - b);
    const at = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return { p50Ms: at(0.5), p95Ms: at(0.95) };
  }
}
