import type { Transaction } from '@domainflow/db/client.ts';
import { sql } from 'drizzle-orm';
import type { ExpiredBatch } from './expired-batch.ts';
import { eligible } from './plan-batches.ts';

/**
 * Ends a batch of one domain that has ended its worker again and again: the domain gets the verdict `ERROR` with the
 * reason in its evidence, so that the rest of the campaign goes on and a person sees what was left out.
 */
export async function quarantineDomain(tx: Transaction, batch: ExpiredBatch): Promise<void> {
  const { campaignId, phase, batchNo, run, lo, hi, crashes, retryVerdicts, order } = batch;
  const evidence = {
    error: 'QUARANTINED',
    detail: `Work on this domain ended without a word ${crashes} times; it is not tried again.`,
  };
  await tx.execute(sql`
    WITH target AS (
      SELECT e.ordinal, old.verdict AS old_verdict
      FROM (${eligible({ campaignId, phase, run, retryVerdicts, range: { lo, hi }, order })}) AS e
      LEFT JOIN results old
        ON old.campaign_id = ${campaignId} AND old.phase = ${phase} AND old.ordinal = e.ordinal
      ORDER BY e.ordinal LIMIT 1),
    marked AS (
      INSERT INTO results (campaign_id, phase, ordinal, run, verdict, evidence)
      SELECT ${campaignId}, ${phase}, ordinal, ${run}, 'ERROR', ${JSON.stringify(evidence)}::jsonb FROM target
      ON CONFLICT (campaign_id, phase, ordinal) DO UPDATE
        SET run = excluded.run, verdict = excluded.verdict, evidence = excluded.evidence, checked_at = now())
    UPDATE batches SET status = 'done', processed = items, finished_at = clock_timestamp(),
      counts = add_counts(counts, add_counts(
        (SELECT jsonb_build_object('ERROR', count(*)) FROM target),
        (SELECT coalesce(jsonb_object_agg(old_verdict, -1), '{}') FROM target WHERE old_verdict IS NOT NULL)))
    WHERE campaign_id = ${campaignId} AND phase = ${phase} AND batch_no = ${batchNo}`);
}
