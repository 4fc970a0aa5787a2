import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { PhaseName, PhasePorts } from '@domainflow/domain/phases/phase.ts';
import { type ClaimedBatch, claimBatch } from '@domainflow/services/batch/claim-batch.ts';
import { LeaseLostError } from '@domainflow/services/batch/commit-chunk.ts';
import { beginWait } from '@domainflow/services/batch/phase-waits.ts';
import { withMaterials } from '@domainflow/services/batch/plan-materials.ts';
import { releaseBatch } from '@domainflow/services/batch/release-batch.ts';
import { runningPhases } from '@domainflow/services/batch/running-phases.ts';
import { failPhase } from '@domainflow/services/campaigns/lifecycle/fail-phase.ts';
import { finishPhase } from '@domainflow/services/campaigns/lifecycle/finish-phase.ts';
import type { FetchedJob } from '@domainflow/services/queue/pg-boss-queue.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { type BatchWork, PhaseFault, processBatch } from './process-batch.ts';
import type { ShapedBatches } from './shaped-batches.ts';
import { Turns } from './turns.ts';
import type { WorkerDeps } from './worker-deps.ts';

/** How long an idle consumer waits for the doorbell before it looks by itself. */
const POLL_INTERVAL_MS = 1_000;
/** Batches at once in all: those that only wait for their last answers do not keep others from starting. */
const MAX_OPEN_BATCHES = 64;
const RETRY_DELAY_MS = 500;
const RELEASE_ATTEMPTS = 60;

export interface PhaseConsumerOptions {
  readonly phase: PhaseName;
  /** Batches at once that still have domains to begin with. */
  readonly slots: number;
  /** Batches claimed and read while others run, so that a slot does not wait for the database. */
  readonly readAhead: number;
}

/** Takes jobs of one phase, as many at once as it has slots. */
export class PhaseConsumer {
  readonly #deps: WorkerDeps;
  readonly #ports: PhasePorts;
  readonly #shaped: ShapedBatches;
  readonly #leases: LeaseKeeper;
  readonly #phase: PhaseName;
  readonly #places: number;
  readonly #turns: Turns;
  readonly #underWay = new Set<Promise<void>>();
  #drained = 0;
  #stopping = false;
  #woken = false;
  #endPause: () => void = () => {};
  #loop: Promise<void> | undefined;

  constructor(
    deps: WorkerDeps,
    ports: PhasePorts,
    shaped: ShapedBatches,
    leases: LeaseKeeper,
    options: PhaseConsumerOptions,
  ) {
    this.#deps = deps;
    this.#ports = ports;
    this.#shaped = shaped;
    this.#leases = leases;
    this.#phase = options.phase;
    this.#places = options.slots === 0 ? 0 : options.slots + options.readAhead;
    this.#turns = new Turns(options.slots);
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Looks for jobs now. */
  wake(): void {
    this.#woken = true;
    this.#endPause();
  }

  /** Takes no more jobs and waits for those under way, which the lease keeper is to abort. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#loop;
    await Promise.all(this.#underWay);
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const free = Math.min(
        this.#places - (this.#underWay.size - this.#drained),
        this.#places === 0 ? 0 : MAX_OPEN_BATCHES - this.#underWay.size,
      );
      const jobs = free > 0 ? await this.#fetch(free) : [];
      for (const job of jobs) {
        const work = this.#handle(job).finally(() => {
          this.#underWay.delete(work);
          this.wake();
        });
        this.#underWay.add(work);
      }
      if (jobs.length < free || free <= 0) await this.#pause(POLL_INTERVAL_MS);
    }
  }

  /** Ends at the next `wake`, at once when there was one since the last pause. */
  async #pause(durationMs: number): Promise<void> {
    if (!this.#woken && !this.#stopping) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, durationMs);
        this.#endPause = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#woken = false;
  }

  async #fetch(limit: number): Promise<FetchedJob[]> {
    try {
      return await this.#deps.queue.fetch(this.#phase, limit);
    } catch (error) {
      this.#deps.log.warn({ phase: this.#phase, error: String(error) }, 'Jobs could not be fetched');
      await this.#pause(RETRY_DELAY_MS);
      return [];
    }
  }

  /** Claims the batch that the job points at and works on it. The job is done with the claim: the ledger has it then. */
  async #handle({ id, job }: FetchedJob): Promise<void> {
    const { sql, queue, log, identity } = this.#deps;
    let batch: ClaimedBatch | null;
    try {
      batch = await claimBatch(sql, job, identity.id);
      await queue.complete(this.#phase, [id]);
    } catch (error) {
      // Not completed, it comes again; claimed without an answer, the lease runs out.
      log.warn({ ...job, error: String(error) }, 'A batch could not be claimed');
      return;
    }
    if (batch === null) return;
    const signal = this.#leases.keep(batch);
    if (this.#stopping) this.#leases.abortAll();
    let endTurn = (): void => {};
    let drained = false;
    const onDrained = (): void => {
      if (drained) return;
      drained = true;
      endTurn();
      this.#drained++;
      this.wake();
    };
    try {
      await this.#work(batch, signal, async () => {
        endTurn = await this.#turns.take(signal);
        return onDrained;
      });
    } finally {
      endTurn();
      if (drained) this.#drained--;
      this.#leases.drop(batch);
    }
  }

  async #work(batch: ClaimedBatch, signal: AbortSignal, takeTurn: BatchWork['takeTurn']): Promise<void> {
    const { db, sql, log, secrets, onAnnounced } = this.#deps;
    const of = { campaignId: batch.campaignId, phase: batch.phase, batchNo: batch.batchNo };
    try {
      const ready = await withMaterials(db, secrets, batch);
      const done =
        this.#shaped.quietUntilMs(batch) === null &&
        (await processBatch({
          ...{ sql, ports: this.#ports, shaped: this.#shaped, signal, onAnnounced, takeTurn },
          batch: ready,
        }));
      if (done) await this.#finishIfLast(batch);
      else if (signal.reason !== 'lease lost') await this.#release(batch);
    } catch (error) {
      if (error instanceof LeaseLostError) {
        log.info(of, 'The batch has gone to another worker');
      } else if (error instanceof DomainFlowError) {
        log.error({ ...of, code: error.code, error: error.message }, 'The phase cannot work as configured');
        await this.#giveBack(batch, () => failPhase(this.#deps, batch.campaignId, batch.phase, error));
      } else if (error instanceof PhaseFault) {
        // Not released: when the lease runs out the reaper counts it as a silent end, and a batch that does it again
        // and again is cut up until the domain at fault is found.
        log.error({ ...of, error: String(error.stack) }, 'The code of the phase failed');
      } else {
        log.warn({ ...of, error: String(error) }, 'The database did not take the work on a batch');
        await this.#giveBack(batch, async () => {});
      }
    }
  }

  /** Gives the batch back; where quiet hours are the reason, nobody takes it before they are over. */
  async #release(batch: ClaimedBatch): Promise<void> {
    const { db, wallMs, onAnnounced } = this.#deps;
    const quietUntilMs = this.#shaped.quietUntilMs(batch);
    if (quietUntilMs !== null) {
      await beginWait(db, batch, wallMs(), quietUntilMs);
      onAnnounced();
    }
    await releaseBatch(this.#deps, batch);
  }

  /** Releases the batch, when the database is there again. */
  async #giveBack(batch: ClaimedBatch, before: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await before();
        await releaseBatch(this.#deps, batch);
        return;
      } catch (error) {
        if (attempt >= RELEASE_ATTEMPTS || this.#stopping) {
          this.#deps.log.warn(
            { error: String(error) },
            'A batch could not be given back; its lease will run out',
          );
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS));
      }
    }
  }

  async #finishIfLast({ campaignId, phase }: ClaimedBatch): Promise<void> {
    const phases = await runningPhases(this.#deps.sql, campaignId);
    const open = phases.find((running) => running.phase === phase);
    if (open === undefined || open.pending + open.leased > 0) return;
    // The sweep completes it should this fail.
    await finishPhase(this.#deps, campaignId, phase);
  }
}
