import { sweepErased } from '@domainflow/services/leads/erase-domains.ts';
import { groupStep } from '@domainflow/services/leads/group-step.ts';
import { rescoreStep } from '@domainflow/services/leads/rescore-step.ts';
import { Repeated } from './repeated.ts';
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
    const pauseAfterFailureMs = PAUSE_AFTER_FAILURE_MS;
    this.#parts = [
      new Repeated({
        intervalMs: LOOK_INTERVAL_MS,
        pauseAfterFailureMs,
        step: () => rescoreStep(sql),
        failed,
      }),
      new Repeated({
        intervalMs: LOOK_INTERVAL_MS,
        pauseAfterFailureMs,
        step: (signal) => groupStep(sql, { signal }),
        failed,
      }),
      new Repeated({
        intervalMs: ERASED_INTERVAL_MS,
        pauseAfterFailureMs,
        step: () => sweepErased(db),
        failed,
      }),
    ];
  }

  start(): void {
    for (const part of this.#parts) part.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.stop()));
  }
}
