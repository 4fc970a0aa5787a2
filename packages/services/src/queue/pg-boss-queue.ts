import { PHASE_NAMES, type PhaseName } from '@domainflow/domain/phases/phase.ts';
import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Log } from '../operation/operation.ts';
import type { BatchJob, JobQueue } from './job-queue.ts';

/** Rung when jobs are queued; a hint without content, polling is the fallback. */
export const JOBS_CHANNEL = 'domainflow_jobs';

const queueName = (phase: PhaseName): string => `phase-${phase}`;

/** How soon a job is given out again that a worker took and then died with, before it had claimed the batch. */
const HANDOVER_SECONDS = 15;

export interface FetchedJob {
  readonly id: string;
  readonly job: BatchJob;
}

export interface PgBossQueue extends JobQueue {
  /** Takes up to `limit` jobs; they come again unless `complete` follows. */
  fetch(phase: PhaseName, limit: number): Promise<FetchedJob[]>;
  complete(phase: PhaseName, ids: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export interface PgBossQueueOptions {
  readonly url: string;
  readonly log: Log;
  /** Workers look after the queue (expiry, clean-up); processes that only send do not. */
  readonly supervise: boolean;
}

/** The queue on pg-boss, in the schema `pgboss` of the same database. */
export async function openPgBossQueue(options: PgBossQueueOptions): Promise<PgBossQueue> {
  const { url, log, supervise } = options;
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'domainflow-queue',
    max: 4,
    // Taking and completing jobs may be lost in a crash: jobs are pointers, and one that comes twice does no harm.
    options: '-c synchronous_commit=off',
    supervise,
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on('error', (error) => log.warn({ error: String(error) }, 'The queue reports an error'));
  await boss.start();
  for (const phase of PHASE_NAMES) {
    await boss.createQueue(queueName(phase), {
      expireInSeconds: HANDOVER_SECONDS,
      retryLimit: 1_000,
      retryDelay: 1,
      deleteAfterSeconds: 600,
    });
  }
  return {
    async enqueue(tx, jobs) {
      if (jobs.length === 0) return;
      const db = fromDrizzle(tx, sql);
      for (const phase of new Set(jobs.map((job) => job.phase))) {
        const inserts = jobs
          .filter((job) => job.phase === phase)
          // Earlier batches first, so that campaigns that run at once take turns.
          .map(({ campaignId, batchNo }) => ({ data: { campaignId, phase, batchNo }, priority: -batchNo }));
        await boss.insert(queueName(phase), inserts, { db });
      }
      await tx.execute(sql`SELECT pg_notify(${JOBS_CHANNEL}, '')`);
    },
    async fetch(phase, limit) {
      const jobs = await boss.fetch<BatchJob>(queueName(phase), { batchSize: limit });
      return jobs.map(({ id, data }) => ({ id, job: data }));
    },
    async complete(phase, ids) {
      if (ids.length > 0) await boss.complete(queueName(phase), [...ids]);
    },
    stop: () => boss.stop({ graceful: false, close: true }),
  };
}
