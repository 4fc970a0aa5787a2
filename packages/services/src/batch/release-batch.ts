import type { Database } from '@domainflow/db/client.ts';
import { sql } from 'drizzle-orm';
import type { JobQueue } from '../queue/job-queue.ts';
import type { ClaimedBatch } from './claim-batch.ts';

/**
 * Gives the batch back with what it has done kept. If its phase runs (the worker is stopping), it gets a new job. The
 * share lock on the phase makes this and a resume see one another: whoever comes second queues the job.
 */
export async function releaseBatch(
  { db, queue }: { readonly db: Database; readonly queue: JobQueue },
  batch: ClaimedBatch,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [phase] = await tx.execute<{ runs: boolean }>(sql`
      SELECT status = 'running' AND run = ${batch.run} AS runs FROM phase_runs
      WHERE campaign_id = ${batch.campaignId} AND phase = ${batch.phase} FOR SHARE`);
    const released = await tx.execute(sql`
      UPDATE batches SET status = 'pending', token = token + 1, leased_by = NULL, lease_until = NULL
      WHERE campaign_id = ${batch.campaignId} AND phase = ${batch.phase} AND batch_no = ${batch.batchNo}
        AND token = ${batch.token} AND status = 'leased'`);
    if (released.count === 0) return;
    await tx.execute(sql`
      SELECT append_event(${batch.campaignId}::uuid, ${batch.ownerId}::uuid, 'campaign_progress', jsonb_build_object(
        'campaignId', ${batch.campaignId}::text,
        'phases', jsonb_build_array(phase_progress(${batch.campaignId}::uuid, ${batch.phase}))))`);
    if (phase?.runs === true) await queue.enqueue(tx, [batch]);
  });
}
