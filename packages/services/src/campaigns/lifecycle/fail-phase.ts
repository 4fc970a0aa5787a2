import type { Database } from '@domainflow/db/client.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import type { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { and, eq } from 'drizzle-orm';
import type { JobQueue } from '../../queue/job-queue.ts';
import { applyEvent } from './apply-event.ts';
import { lockCampaign } from './lock-campaign.ts';

/** Ends a phase that cannot work as it is configured, with the reason where people see it. Once, whoever calls. */
export async function failPhase(
  { db, queue }: { readonly db: Database; readonly queue: JobQueue },
  campaignId: string,
  phase: PhaseName,
  error: DomainFlowError,
): Promise<void> {
  await db.transaction(async (tx) => {
    const locked = await lockCampaign(tx, null, campaignId, undefined);
    if (locked.phases.find((row) => row.phase === phase)?.status !== 'running') return;
    const errorDetails = { code: error.code, message: error.message };
    await applyEvent(tx, queue, locked, { type: 'phaseFailed', phase });
    await tx.update(campaigns).set({ errorDetails }).where(eq(campaigns.id, campaignId));
    await tx
      .update(phaseRuns)
      .set({ errorDetails })
      .where(and(eq(phaseRuns.campaignId, campaignId), eq(phaseRuns.phase, phase)));
  });
}
