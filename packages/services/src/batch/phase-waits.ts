import type { Database, Transaction } from '@domainflow/db/client.ts';
import type { CampaignStatus } from '@domainflow/domain/campaign/states.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { sql } from 'drizzle-orm';
import { announceChange } from '../campaigns/announce-change.ts';
import { appendEvent } from '../events/append-event.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import type { ClaimedBatch } from './claim-batch.ts';
import { enqueuePending } from './open-batches.ts';

/** What a wait is announced with: what a client shows has changed, though the state machine has not moved. */
async function announce(tx: Transaction, campaignId: string, say: (name: string) => string): Promise<void> {
  const [campaign] = await tx.execute<{
    name: string;
    owner_id: string;
    version: number;
    status: CampaignStatus;
  }>(
    sql`SELECT name, owner_id, version, status FROM campaigns WHERE id = ${campaignId} AND deleted_at IS NULL`,
  );
  if (campaign === undefined) return;
  await announceChange(tx, { ...campaign, id: campaignId, ownerId: campaign.owner_id }, 'updated');
  await appendEvent(tx, {
    campaignId,
    ownerId: campaign.owner_id,
    type: 'system_alert',
    payload: { severity: 'info', message: say(campaign.name) },
  });
}

/**
 * Lets the batch's phase wait for its quiet hours to end: no batch of it is claimed until `endWaits` finds that the time
 * has come. Both times are of the caller's clock on the wall. Nothing happens to a phase that waits already.
 */
export async function beginWait(
  db: Database,
  batch: ClaimedBatch,
  nowMs: number,
  untilMs: number,
): Promise<void> {
  const until = new Date(untilMs).toISOString();
  await db.transaction(async (tx) => {
    // Announcements lock the campaign first, as its commands do.
    await tx.execute(sql`SELECT FROM campaigns WHERE id = ${batch.campaignId} FOR SHARE`);
    const begun = await tx.execute(sql`
      UPDATE phase_runs SET waiting_since = ${new Date(nowMs).toISOString()}, waiting_until = ${until}
      WHERE campaign_id = ${batch.campaignId} AND phase = ${batch.phase} AND run = ${batch.run}
        AND status = 'running' AND waiting_until IS NULL`);
    if (begun.count === 0) return;
    await announce(
      tx,
      batch.campaignId,
      (name) => `“${name}” waits: its quiet hours last until ${until.slice(0, 16).replace('T', ' ')} UTC.`,
    );
  });
}

/** Lets phases go on whose wait is over, and queues their batches. Gives their number. Any worker may call it. */
export async function endWaits(
  { db, queue }: { readonly db: Database; readonly queue: JobQueue },
  nowMs: number,
): Promise<number> {
  const now = new Date(nowMs).toISOString();
  const due = await db.execute<{ campaign_id: string; phase: PhaseName }>(sql`
    SELECT campaign_id, phase FROM phase_runs WHERE status = 'running' AND waiting_until <= ${now}`);
  for (const { campaign_id: campaignId, phase } of due) {
    await db.transaction(async (tx) => {
      await tx.execute(sql`SELECT FROM campaigns WHERE id = ${campaignId} FOR SHARE`);
      const ended = await tx.execute(sql`
        UPDATE phase_runs SET waiting_since = NULL, waiting_until = NULL,
          waited_ms = waited_ms + greatest(0, extract(epoch FROM ${now}::timestamptz - waiting_since) * 1000)::bigint
        WHERE campaign_id = ${campaignId} AND phase = ${phase} AND status = 'running' AND waiting_until <= ${now}`);
      if (ended.count === 0) return;
      await enqueuePending(tx, queue, { campaignId, phase });
      await announce(tx, campaignId, (name) => `“${name}” goes on: its quiet hours are over.`);
    });
  }
  return due.length;
}
