import { sweepErased } from '@domainflow/services/leads/erase-domains.ts';
import { groupStep } from '@domainflow/services/leads/group-step.ts';
import { rescoreStep } from '@domainflow/services/leads/rescore-step.ts';
import type { WorkerDeps } from './worker-deps.ts';

/** How long work over leads may wait to be seen. */
const LOOK_INTERVAL_MS = 1_000;
const ERASED_INTERVAL_MS = 30_000;
const PAUSE_AFTER_FAILURE_MS = 5_000;

/** Work over stored leads, a piece at a time. Each piece is one transaction, so that any worker can do the next. */
export class LeadWork {
  readonly #deps: WorkerDeps;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #current: Promise<void> = Promise.resolve();
  #stopped = false;
  #sweptAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: WorkerDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#current = this.#work().then(
      () => this.#startIn(LOOK_INTERVAL_MS),
      (error: unknown) => {
        this.#deps.log.warn({ error: String(error) }, 'Work over leads failed and will be tried again');
        this.#startIn(PAUSE_AFTER_FAILURE_MS);
      },
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#current;
  }

  #startIn(delayMs: number): void {
    if (!this.#stopped) this.#timer = setTimeout(() => this.start(), delayMs);
  }

  async #work(): Promise<void> {
    const { db, sql } = this.#deps;
    if (performance.now() - this.#sweptAtMs > ERASED_INTERVAL_MS) {
      this.#sweptAtMs = performance.now();
      await sweepErased(db);
    }
    for (let more = true; more && !this.#stopped; ) {
      more = await rescoreStep(sql);
      if (!this.#stopped && (await groupStep(sql))) more = true;
    }
  }
}
