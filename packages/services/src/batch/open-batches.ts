import type { Transaction } from '@domainflow/db/client.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { type SQL, sql } from 'drizzle-orm';
import type { JobQueue } from '../queue/job-queue.ts';

interface PhaseKey {
  readonly campaignId: string;
  readonly phase: PhaseName;
}

/** Number of batches of the phase that are not done. */
export async function countOpenBatches(tx: Transaction, { campaignId, phase }: PhaseKey): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM batches
    WHERE campaign_id = ${campaignId} AND phase = ${phase} AND status IN ('pending', 'leased')`);
  return row?.n ?? 0;
}

/** Queues jobs for batches of the phase that nobody holds; with `limit` for the first ones only. Gives their number. */
export async function enqueuePending(
  tx: Transaction,
  queue: JobQueue,
  { campaignId, phase }: PhaseKey,
  limit: SQL | number = sql`ALL`,
): Promise<number> {
  const rows = await tx.execute<{ batch_no: number }>(sql`
    SELECT batch_no FROM batches
    WHERE campaign_id = ${campaignId} AND phase = ${phase} AND status = 'pending'
    ORDER BY batch_no LIMIT ${limit}`);
  await queue.enqueue(
    tx,
    rows.map((row) => ({ campaignId, phase, batchNo: row.batch_no })),
  );
  return rows.length;
}
