import type { Clock } from '../clock.ts';

/** How many go on in one turn: a few milliseconds of work. */
const MOST_IN_A_TURN = 200;
const TURN_MS = 5;

/**
 * Lets those who waited for one and the same thing go on a few at a time. Names wait by the thousand for the trial of
 * their resolvers or for the probes of their zone; all at once they would keep everything else of this process waiting.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #left = MOST_IN_A_TURN;
  #stop: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when it is the caller's turn: at once where few have had theirs. */
  async turn(): Promise<void> {
    this.#stop ??= this.#clock.every(TURN_MS, () => this.#next());
    if (this.#left > 0) this.#left -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #next(): void {
    if (this.#waiting.length === 0) {
      this.#stop?.();
      this.#stop = null;
    }
    const now = this.#waiting.splice(0, MOST_IN_A_TURN);
    this.#left = MOST_IN_A_TURN - now.length;
    for (const go of now) go();
  }
}
