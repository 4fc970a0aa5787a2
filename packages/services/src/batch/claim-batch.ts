import type { PhasePlan } from '@domainflow/domain/phases/phase.ts';
import type { Sql } from 'postgres';
import { type BatchKey, LEASE_SECONDS, type Lease } from './batch-key.ts';

/** A claimed batch with all that its work needs but the items. */
export interface ClaimedBatch extends Lease {
  readonly run: number;
  readonly lo: number;
  readonly hi: number;
  readonly plan: PhasePlan<unknown>;
  readonly retryVerdicts: readonly string[] | null;
  readonly ownerId: string;
}

/**
 * Takes the batch if it is pending and its phase runs. Null: there is nothing to do for it (done, leased by another,
 * paused, cancelled, waiting for quiet hours to end, of an earlier run).
 */
export async function claimBatch(sql: Sql, key: BatchKey, workerId: string): Promise<ClaimedBatch | null> {
  const rows = await sql<
    {
      token: string;
      run: number;
      lo: string;
      hi: string;
      plan: PhasePlan<unknown>;
      retry_verdicts: string[] | null;
      owner_id: string;
    }[]
  >`
    UPDATE batches b
    SET status = 'leased', token = b.token + 1, attempts = b.attempts + 1, leased_by = ${workerId},
        lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}),
        started_at = coalesce(b.started_at, clock_timestamp())
    FROM phase_runs p JOIN campaigns c ON c.id = p.campaign_id
    WHERE b.campaign_id = ${key.campaignId} AND b.phase = ${key.phase} AND b.batch_no = ${key.batchNo}
      AND b.status = 'pending'
      AND p.campaign_id = b.campaign_id AND p.phase = b.phase AND p.run = b.run AND p.status = 'running' AND p.waiting_until IS NULL
      AND c.deleted_at IS NULL
    RETURNING b.token, b.run, b.lo, b.hi, p.plan, p.retry_verdicts, c.owner_id`;
  const row = rows[0];
  if (row === undefined) return null;
  return {
    ...key,
    token: Number(row.token),
    run: row.run,
    lo: Number(row.lo),
    hi: Number(row.hi),
    plan: row.plan,
    retryVerdicts: row.retry_verdicts,
    ownerId: row.owner_id,
  };
}
