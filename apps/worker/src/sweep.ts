import { enqueuePending } from '@domainflow/services/batch/open-batches.ts';
import { endWaits } from '@domainflow/services/batch/phase-waits.ts';
import { reapBatches } from '@domainflow/services/batch/reap-batches.ts';
import { runningPhases } from '@domainflow/services/batch/running-phases.ts';
import { finishPhase } from '@domainflow/services/campaigns/lifecycle/finish-phase.ts';
import { purgeDeleted } from '@domainflow/services/campaigns/purge-deleted.ts';
import { expireOldRows } from '@domainflow/services/system/expire-old-rows.ts';
import { countWorkers, reportPresence } from '@domainflow/services/system/worker-presence.ts';
import { Repeated } from './repeated.ts';
import type { ShapedBatches } from './shaped-batches.ts';
import type { WorkerDeps } from './worker-deps.ts';

const SWEEP_INTERVAL_MS = 2_000;
const EXPIRY_INTERVAL_MS = 60_000;
/** A running phase with batches that nobody has held for so long has lost its jobs. */
const STALLED_AFTER_MS = 30_000;
/** Jobs queued again for a stalled phase: few, since they may only be waiting behind others. */
const JOBS_FOR_STALLED = 16;

/** What every worker does beside its batches, so that nothing depends on one that is gone. */
export class Sweep {
  readonly #deps: WorkerDeps;
  readonly #shaped: ShapedBatches;
  readonly #idleSinceMs = new Map<string, number>();
  readonly #sweeps: Repeated;
  #expiredAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: WorkerDeps, shaped: ShapedBatches) {
    this.#deps = deps;
    this.#shaped = shaped;
    this.#sweeps = new Repeated({
      // Workers that began together do not sweep together for ever.
      intervalMs: () => SWEEP_INTERVAL_MS * (0.75 + Math.random() / 2),
      step: (signal) => this.#sweep(signal),
      failed: (error) => deps.log.warn({ error: String(error) }, 'A sweep failed'),
    });
  }

  start(): void {
    this.#sweeps.start();
  }

  stop(): Promise<void> {
    return this.#sweeps.stop();
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    const { sql, db, log, identity, wallMs, onAnnounced, shareProxies } = this.#deps;
    await reportPresence(sql, identity);
    const workers = await countWorkers(sql);
    this.#shaped.workers = workers;
    shareProxies(workers);
    const reaped = await reapBatches(this.#deps);
    if (reaped > 0) log.warn({ batches: reaped }, 'Took batches back from workers that fell silent');
    if ((await endWaits(this.#deps, wallMs())) > 0) onAnnounced();
    for (const { campaignId, phase, pending, leased, isWaiting } of await runningPhases(sql)) {
      const key = `${campaignId}/${phase}`;
      if (pending + leased === 0) await finishPhase(this.#deps, campaignId, phase);
      if (pending === 0 || leased > 0 || isWaiting) this.#idleSinceMs.delete(key);
      else await this.#queueAgainIfStalled(key, { campaignId, phase });
    }
    for (let more = true; more && !signal.aborted; ) more = await purgeDeleted(db);
    if (performance.now() - this.#expiredAtMs > EXPIRY_INTERVAL_MS) {
      this.#expiredAtMs = performance.now();
      await expireOldRows(sql);
    }
  }

  async #queueAgainIfStalled(key: string, phase: Parameters<typeof enqueuePending>[2]): Promise<void> {
    const since = this.#idleSinceMs.get(key) ?? performance.now();
    this.#idleSinceMs.set(key, since);
    if (performance.now() - since < STALLED_AFTER_MS) return;
    this.#idleSinceMs.delete(key);
    const queued = await this.#deps.db.transaction((tx) =>
      enqueuePending(tx, this.#deps.queue, phase, JOBS_FOR_STALLED),
    );
    this.#deps.log.warn({ ...phase, queued }, 'A phase stood still: its first batches were queued again');
  }
}
