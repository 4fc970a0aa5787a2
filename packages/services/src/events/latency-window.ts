const SIZE = 1_024;

/** Quantiles of the latest values. */
export class LatencyWindow {
  readonly #values: number[] = [];
  #next = 0;

  add(valueMs: number): void {
    this.#values[this.#next] = Math.max(0, valueMs);
    this.#next = (this.#next + 1) % SIZE;
  }

  summary(): { count: number; p50: number | null; p99: number | null } {
    const sorted = this.#values.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? null;
    return { count: sorted.length, p50: at(0.5), p99: at(0.99) };
  }
}
