import type { Transaction } from '@domainflow/db/client.ts';
import { type PhaseProgress, phaseProgressSchema } from '@domainflow/domain/events/event.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { sql } from 'drizzle-orm';
import { appendEvent } from '../../events/append-event.ts';
import type { CampaignRow } from './lock-campaign.ts';

/** Where a phase stands, from the ledger. */
export async function readPhaseProgress(
  tx: Transaction,
  campaignId: string,
  phase: PhaseName,
): Promise<PhaseProgress> {
  const [row] = await tx.execute<{ progress: unknown }>(
    sql`SELECT phase_progress(${campaignId}::uuid, ${phase}) AS progress`,
  );
  return phaseProgressSchema.parse(row?.progress);
}

/** Announces where a phase stands as it ends, and its completion. */
export async function announcePhase(
  tx: Transaction,
  row: CampaignRow,
  phase: PhaseName,
  completed: boolean,
): Promise<void> {
  const progress = await readPhaseProgress(tx, row.id, phase);
  const stream = { campaignId: row.id, ownerId: row.ownerId };
  await appendEvent(tx, {
    ...stream,
    type: 'campaign_progress',
    payload: { campaignId: row.id, phases: [progress] },
  });
  if (!completed) return;
  const { processed, counts } = progress;
  await appendEvent(tx, {
    ...stream,
    type: 'validation_complete',
    payload: { campaignId: row.id, phase, processed, counts },
  });
}
