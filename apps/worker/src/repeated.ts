interface Repetition {
  /** Between the end of one step and the next, in milliseconds. */
  readonly intervalMs: number | (() => number);
  /** The same after a step that failed; as `intervalMs` where absent. */
  readonly pauseAfterFailureMs?: number;
  /** True: there is more to do, at once. Its signal aborts when the repetition is stopped. */
  readonly step: (signal: AbortSignal) => Promise<boolean | void>;
  /** Is told why a step failed; the next one comes all the same. */
  readonly failed: (error: unknown) => void;
}

/** A step that a worker takes again and again, one at a time. */
export class Repeated {
  readonly #repetition: Repetition;
  readonly #stopping = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #current: Promise<void> = Promise.resolve();

  constructor(repetition: Repetition) {
    this.#repetition = repetition;
  }

  /** Takes the first step now. */
  start(): void {
    const { intervalMs, pauseAfterFailureMs, failed } = this.#repetition;
    const interval = typeof intervalMs === 'number' ? intervalMs : intervalMs();
    this.#current = this.#work().then(
      () => this.#startIn(interval),
      (error: unknown) => {
        failed(error);
        this.#startIn(pauseAfterFailureMs ?? interval);
      },
    );
  }

  /** Resolves when the step under way has ended; no other follows. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#current;
  }

  #startIn(delayMs: number): void {
    if (!this.#stopping.signal.aborted) this.#timer = setTimeout(() => this.start(), delayMs);
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted && (await this.#repetition.step(signal)) === true);
  }
}
