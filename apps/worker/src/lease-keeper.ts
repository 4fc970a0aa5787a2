import type { Lease } from '@domainflow/services/batch/batch-key.ts';
import { LEASE_SECONDS } from '@domainflow/services/batch/batch-key.ts';
import { renewLeases } from '@domainflow/services/batch/renew-leases.ts';
import type { Log } from '@domainflow/services/operation/operation.ts';
import type { Sql } from 'postgres';
import { Repeated } from './repeated.ts';

/** Pause and cancel reach a running batch within this time and the time that it needs to stop. */
const CHECK_INTERVAL_MS = 700;

/** Why the work on a batch is to stop. */
export type StopReason = 'phase stopped' | 'lease lost' | 'worker stopping';

interface Kept {
  readonly lease: Lease;
  readonly controller: AbortController;
  /** When the lease was last known to be ours, by this process's monotonic clock. */
  heldAtMs: number;
}

const keyOf = ({ campaignId, phase, batchNo }: Lease): string => `${campaignId}/${phase}/${batchNo}`;

/** Keeps this worker's leases alive and stops the work on batches that are paused, cancelled or lost. */
export class LeaseKeeper {
  readonly #kept = new Map<string, Kept>();
  readonly #sql: Sql;
  readonly #log: Log;
  readonly #checks: Repeated;

  constructor(sql: Sql, log: Log) {
    this.#sql = sql;
    this.#log = log;
    this.#checks = new Repeated({
      intervalMs: CHECK_INTERVAL_MS,
      step: () => this.#check(),
      failed: (error) => this.#afterFailure(error),
    });
  }

  start(): void {
    this.#checks.start();
  }

  stop(): Promise<void> {
    return this.#checks.stop();
  }

  /** Keeps the lease until `drop`; the signal aborts with a `StopReason`. */
  keep(lease: Lease): AbortSignal {
    const controller = new AbortController();
    this.#kept.set(keyOf(lease), { lease, controller, heldAtMs: performance.now() });
    return controller.signal;
  }

  drop(lease: Lease): void {
    this.#kept.delete(keyOf(lease));
  }

  /** Stops the work on all batches, because the worker stops. */
  abortAll(): void {
    for (const { controller } of this.#kept.values())
      controller.abort('worker stopping' satisfies StopReason);
  }

  async #check(): Promise<void> {
    const asked = [...this.#kept.values()];
    const askedAtMs = performance.now();
    const states = await renewLeases(
      this.#sql,
      asked.map(({ lease }) => lease),
    );
    const byKey = new Map(states.map((state) => [keyOf(state), state]));
    for (const kept of asked) {
      const state = byKey.get(keyOf(kept.lease));
      if (state === undefined) this.#stop(kept, 'lease lost');
      else if (!state.proceed) this.#stop(kept, 'phase stopped');
      else kept.heldAtMs = askedAtMs;
    }
  }

  /** Nothing can be committed without the database; past the lease others may have the batch. */
  #afterFailure(error: unknown): void {
    this.#log.warn({ error: String(error) }, 'Leases could not be renewed');
    for (const kept of this.#kept.values())
      if (performance.now() - kept.heldAtMs > LEASE_SECONDS * 1_000) this.#stop(kept, 'lease lost');
  }

  #stop({ lease, controller }: Kept, reason: StopReason): void {
    // It may have ended on its own while the answer was under way.
    if (this.#kept.has(keyOf(lease)) && !controller.signal.aborted) controller.abort(reason);
  }
}
