import { sweepErased } from '@domainflow/services/leads/erase-domains.ts';
import { groupStep } from '@domainflow/services/leads/group-step.ts';
import { rescoreStep } from '@domainflow/services/leads/rescore-step.ts';
import type { WorkerDeps } from './worker-deps.ts';

/** How long work over leads may wait to be seen. */
const LOOK_INTERVAL_MS = 1_000;
const ERASED_INTERVAL_MS = 30_000;
const PAUSE_AFTER_FAILURE_MS = 5_000;

/**
 * Work over stored leads, a piece at a time. What one piece has written is committed, so that any worker can do the next.
 * Scoring does not wait for grouping, which takes a minute where there are a million leads.
 */
export class LeadWork {
  readonly #parts: readonly Repeated[];

  constructor({ db, sql, log }: WorkerDeps) {
    const failed = (error: unknown): void =>
      log.warn({ error: String(error) }, 'Work over leads failed and will be tried again');
    this.#parts = [
      new Repeated(LOOK_INTERVAL_MS, () => rescoreStep(sql), failed),
      new Repeated(LOOK_INTERVAL_MS, (signal) => groupStep(sql, { signal }), failed),
      new Repeated(ERASED_INTERVAL_MS, () => sweepErased(db).then(() => false), failed),
    ];
  }

  start(): void {
    for (const part of this.#parts) part.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.stop()));
  }
}

/** A step that is done again and again while there is something to do, and looked at anew after the interval. */
class Repeated {
  readonly #intervalMs: number;
  readonly #step: (signal: AbortSignal) => Promise<boolean>;
  readonly #failed: (error: unknown) => void;
  readonly #stopping = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #current: Promise<void> = Promise.resolve();

  constructor(
    intervalMs: number,
    step: (signal: AbortSignal) => Promise<boolean>,
    failed: (error: unknown) => void,
  ) {
    this.#intervalMs = intervalMs;
    this.#step = step;
    this.#failed = failed;
  }

  start(): void {
    this.#current = this.#work().then(
      () => this.#startIn(this.#intervalMs),
      (error: unknown) => {
        this.#failed(error);
        this.#startIn(PAUSE_AFTER_FAILURE_MS);
      },
    );
  }

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
    while (!signal.aborted && (await this.#step(signal)));
  }
}
