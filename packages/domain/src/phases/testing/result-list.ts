import type { HeldResults, Kept, PhaseResult, ResultSink } from '../phase.ts';

/** A sink that keeps results as they are: `taken` are those of all chunks. */
export class ResultList implements ResultSink {
  readonly taken: PhaseResult[] = [];
  /** What is stored beside results, by ordinal. */
  readonly kept = new Map<number, Kept>();
  readonly octets = 0;
  #waiting: PhaseResult[] = [];

  get length(): number {
    return this.#waiting.length;
  }

  add(result: PhaseResult, kept?: Kept): void {
    this.#waiting.push(result);
    if (kept !== undefined) this.kept.set(result.ordinal, kept);
  }

  take(): HeldResults {
    const { length } = this.#waiting;
    this.taken.push(...this.#waiting);
    this.#waiting = [];
    return { length, counts: {}, ordinals: [], rows: new Map() };
  }
}
