import type { Database } from '@domainflow/db/client.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { countOpenBatches } from '../../batch/open-batches.ts';
import { askForGroups } from '../../leads/ask-for-groups.ts';
import type { JobQueue } from '../../queue/job-queue.ts';
import { applyEvent } from './apply-event.ts';
import { lockCampaign } from './lock-campaign.ts';

/**
 * Completes the phase if it runs and all its batches are done, and starts the next one where the mode says so. Any
 * number of workers may call it after their last batch: under the campaign's lock only one finds it still running.
 * Gives whether this call did it.
 */
export async function finishPhase(
  { db, queue }: { readonly db: Database; readonly queue: JobQueue },
  campaignId: string,
  phase: PhaseName,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const locked = await lockCampaign(tx, null, campaignId, undefined);
    if (locked.phases.find((row) => row.phase === phase)?.status !== 'running') return false;
    if ((await countOpenBatches(tx, { campaignId, phase })) > 0) return false;
    await applyEvent(tx, queue, locked, { type: 'phaseCompleted', phase });
    if (phase === 'analysis') await askForGroups(tx, locked.row.ownerId);
    return true;
  });
}
