/** Additive figures of a batch, as they are committed with its chunks. */
export class Metrics {
  #counts: Record<string, number> = {};

  add(name: string, by = 1): void {
    if (by !== 0) this.#counts[name] = (this.#counts[name] ?? 0) + by;
  }

  /** What has been added since the last call; null where nothing was. */
  take(): Readonly<Record<string, number>> | null {
    const counts = this.#counts;
    this.#counts = {};
    return Object.keys(counts).length === 0 ? null : counts;
  }
}
