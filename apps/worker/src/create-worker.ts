import { PHASE_NAMES, type PhaseName, type PhasePorts } from '@domainflow/domain/phases/phase.ts';
import { JOBS_CHANNEL } from '@domainflow/services/queue/pg-boss-queue.ts';
import { withdrawPresence } from '@domainflow/services/system/worker-presence.ts';
import { HealthReporter } from './health-reporter.ts';
import { LeadWork } from './lead-work.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { PhaseConsumer } from './phase-consumer.ts';
import { ShapedBatches } from './shaped-batches.ts';
import { Sweep } from './sweep.ts';
import type { WorkerDeps } from './worker-deps.ts';

/** Batches of each phase that one worker has under way, so that the work on one overlaps the commit of another. */
export const DEFAULT_SLOTS: Readonly<Record<PhaseName, number>> = {
  generation: 1,
  dns: 3,
  http: 2,
  analysis: 2,
};

/**
 * Batches read ahead. None where a batch is minutes of work: it would lie here while other workers have nothing to do.
 */
const READ_AHEAD: Readonly<Record<PhaseName, number>> = { generation: 1, dns: 2, http: 0, analysis: 1 };

export interface Worker {
  /** Resolves when all work under way has stopped and its batches are released. */
  stop(): Promise<void>;
}

/**
 * Starts a worker: a consumer for each phase, the keeper of its leases, the sweep, work over stored leads, and the report
 * on its resolvers and proxies.
 */
export async function startWorker(
  deps: WorkerDeps,
  ports: PhasePorts,
  slots: Partial<Record<PhaseName, number>> = {},
): Promise<Worker> {
  const leases = new LeaseKeeper(deps.sql, deps.log);
  const shaped = new ShapedBatches(ports, deps.wallMs);
  const sweep = new Sweep(deps, shaped);
  const reporter = new HealthReporter(deps);
  const leadWork = new LeadWork(deps);
  const consumers = PHASE_NAMES.map(
    (phase) =>
      new PhaseConsumer(deps, ports, shaped, leases, {
        phase,
        slots: slots[phase] ?? DEFAULT_SLOTS[phase],
        readAhead: READ_AHEAD[phase],
      }),
  );
  const wake = (): void => {
    for (const consumer of consumers) consumer.wake();
  };
  const doorbell = await deps.sql.listen(JOBS_CHANNEL, wake, wake);
  leases.start();
  sweep.start();
  reporter.start();
  leadWork.start();
  for (const consumer of consumers) consumer.start();
  return {
    async stop() {
      leases.abortAll();
      await Promise.all([sweep, reporter, leadWork, ...consumers].map((part) => part.stop()));
      await leases.stop();
      await doorbell.unlisten().catch(() => {});
      await withdrawPresence(deps.sql, deps.identity.id).catch(() => {});
    },
  };
}
