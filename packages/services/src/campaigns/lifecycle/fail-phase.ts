import type { Database } from '@domainflow/db/client.ts';
import type { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import type { JobQueue } from '../../queue/job-queue.ts';
import { applyEvent } from './apply-event.ts';
import { lockCampaign } from './lock-campaign.ts';
import { writeFailure } from './write-failure.ts';

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
    await applyEvent(tx, queue, locked, { type: 'phaseFailed', phase });
    await writeFailure(tx, campaignId, phase, error);
  });
}
