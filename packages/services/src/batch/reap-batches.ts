import type { Database, Transaction } from '@domainflow/db/client.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import type { OrdinalOrder } from '@domainflow/domain/shaping/shaping-plan.ts';
import { sql } from 'drizzle-orm';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import { appendEvent } from '../events/append-event.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import { LEASE_SECONDS } from './batch-key.ts';
import type { ExpiredBatch } from './expired-batch.ts';
import { quarantineDomain } from './quarantine-domain.ts';
import { splitBatch } from './split-batch.ts';

/** Silent ends after which a batch is cut up, because one of its domains may be what ends the worker. */
const CRASHES_BEFORE_SPLIT = 2;
/** Silent ends after which a single domain is not tried again. */
const CRASHES_BEFORE_QUARANTINE = 3;

interface Reaper {
  readonly db: Database;
  readonly queue: JobQueue;
}

/**
 * Takes the batches away from workers whose leases ran out and gives them to others. Gives their number. Any number of
 * workers may call it: one does it, as two that split batches of one phase would give out the same numbers.
 */
export async function reapBatches({ db, queue }: Reaper): Promise<number> {
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ free: boolean }>(
      sql`SELECT pg_try_advisory_xact_lock(${ADVISORY_LOCKS.reapBatches}) AS free`,
    );
    if (lock?.free !== true) return 0;
    const expired = await takeExpired(tx);
    for (const batch of expired) {
      if (!batch.wanted) continue;
      if (batch.remaining <= 1 && batch.crashes >= CRASHES_BEFORE_QUARANTINE)
        await quarantineDomain(tx, batch);
      else if (batch.remaining > 1 && batch.crashes >= CRASHES_BEFORE_SPLIT)
        await splitBatch(tx, queue, batch);
      else await queue.enqueue(tx, [batch]);
    }
    await warnOwners(tx, expired);
    return expired.length;
  });
}

/** Tells the owners of the campaigns that a worker of theirs fell silent. */
async function warnOwners(tx: Transaction, expired: readonly ExpiredBatch[]): Promise<void> {
  for (const campaignId of new Set(expired.map((batch) => batch.campaignId))) {
    const batches = expired.filter((batch) => batch.campaignId === campaignId);
    const [campaign] = await tx.execute<{ name: string; owner_id: string }>(
      sql`SELECT name, owner_id FROM campaigns WHERE id = ${campaignId} AND deleted_at IS NULL`,
    );
    if (campaign === undefined) continue;
    const work = batches.length === 1 ? 'a batch' : `${batches.length} batches`;
    await appendEvent(tx, {
      campaignId,
      ownerId: campaign.owner_id,
      type: 'system_alert',
      payload: {
        severity: 'warning',
        message: `A worker fell silent while working on “${campaign.name}”: ${work} went back to the queue, nothing is lost.`,
      },
    });
  }
}

async function takeExpired(tx: Transaction): Promise<ExpiredBatch[]> {
  const rows = await tx.execute<{
    campaign_id: string;
    phase: PhaseName;
    batch_no: number;
    run: number;
    lo: string;
    hi: string;
    crashes: number;
    remaining: number;
    retry_verdicts: string[] | null;
    ordinal_order: OrdinalOrder | null;
    wanted: boolean;
  }>(sql`
    UPDATE batches b
    SET status = 'pending', token = b.token + 1, crashes = b.crashes + 1, leased_by = NULL, lease_until = NULL
    FROM phase_runs p
    WHERE p.campaign_id = b.campaign_id AND p.phase = b.phase
      AND (b.campaign_id, b.phase, b.batch_no) IN (
        SELECT campaign_id, phase, batch_no FROM batches
        WHERE status = 'leased' AND lease_until < clock_timestamp()
          -- After the server itself was down, workers first get the time to say that they are alive.
          AND pg_postmaster_start_time() < clock_timestamp() - make_interval(secs => ${LEASE_SECONDS})
        ORDER BY lease_until LIMIT 100 FOR UPDATE SKIP LOCKED)
    RETURNING b.campaign_id, b.phase, b.batch_no, b.run, b.lo, b.hi, b.crashes, b.items - b.processed AS remaining,
      p.retry_verdicts, p.plan->'shaping'->'order' AS ordinal_order, p.run = b.run AND p.status IN ('running', 'paused') AS wanted`);
  return rows.map((row) => ({
    campaignId: row.campaign_id,
    phase: row.phase,
    batchNo: row.batch_no,
    run: row.run,
    lo: Number(row.lo),
    hi: Number(row.hi),
    crashes: row.crashes,
    remaining: row.remaining,
    retryVerdicts: row.retry_verdicts,
    order: row.ordinal_order,
    wanted: row.wanted,
  }));
}
