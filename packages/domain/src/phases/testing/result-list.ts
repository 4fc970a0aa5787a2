import type { HeldResults, PhaseResult, ResultSink } from '../phase.ts';

/** A sink that keeps results as they are: `taken` are those of all chunks. */
export class ResultList implements ResultSink {
  readonly taken: PhaseResult[] = [];
  #waiting: PhaseResult[] = [];

  get length(): number {
    return this.#waiting.length;
  }

  add(result: PhaseResult): void {
    this.#waiting.push(result);
  }

  take(): HeldResults {
    const { length } = this.#waiting;
    this.taken.push(...this.#waiting);
    this.#waiting = [];
    return { length, counts: {}, ordinals: [], pieces: [] };
  }
}
