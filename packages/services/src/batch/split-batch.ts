import type { Transaction } from '@domainflow/db/client.ts';
import { sql } from 'drizzle-orm';
import type { JobQueue } from '../queue/job-queue.ts';
import type { ExpiredBatch } from './expired-batch.ts';
import { planBatches } from './plan-batches.ts';

/** Pieces of a split: a batch of 5,000 is down to single domains after three splits. */
const PIECES = 20;

/**
 * Cuts what is left of a batch into pieces. Each starts with one silent end on its account, so that the piece that
 * holds the cause is cut again at its next one.
 */
export async function splitBatch(tx: Transaction, queue: JobQueue, batch: ExpiredBatch): Promise<void> {
  const { campaignId, phase, batchNo, run, lo, hi, remaining, retryVerdicts, order } = batch;
  await planBatches(tx, queue, {
    campaignId,
    phase,
    run,
    retryVerdicts,
    range: { lo, hi },
    order,
    batchSize: Math.ceil(remaining / PIECES),
    crashes: 1,
  });
  await tx.execute(sql`
    UPDATE batches SET status = 'split', finished_at = clock_timestamp()
    WHERE campaign_id = ${campaignId} AND phase = ${phase} AND batch_no = ${batchNo}`);
}
