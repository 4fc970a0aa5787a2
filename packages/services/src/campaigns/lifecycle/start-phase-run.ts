import type { Transaction } from '@domainflow/db/client.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import { campaignRange } from '@domainflow/domain/generation/compile-pattern.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { and, eq, sql } from 'drizzle-orm';
import { type OrdinalRange, planBatches } from '../../batch/plan-batches.ts';
import type { JobQueue } from '../../queue/job-queue.ts';
import type { CampaignRow } from './lock-campaign.ts';
import { resolvePlan } from './resolve-plan.ts';

/** The ordinals that a phase makes; null for phases that work on what is there. */
function rangeToMake(row: CampaignRow, phase: PhaseName): OrdinalRange | null {
  if (phase !== 'generation' || row.input.source !== 'pattern') return null;
  return { lo: 0, hi: campaignRange(row.input.pattern).count };
}

/**
 * Resolves the plan of a phase that has just become `running`, writes its ledger and queues its jobs. Gives the number
 * of batches: with 0 there is nothing to do and the phase is complete already.
 */
export async function startPhaseRun(
  tx: Transaction,
  queue: JobQueue,
  campaign: CampaignRow,
  name: PhaseName,
): Promise<number> {
  const key = and(eq(phaseRuns.campaignId, campaign.id), eq(phaseRuns.phase, name));
  const [phase] = await tx.select().from(phaseRuns).where(key);
  if (phase === undefined) throw new Error(`Campaign ${campaign.id} has no ${name} phase`);
  const plan = await resolvePlan(tx, name, phase.config);
  const planned = await planBatches(tx, queue, {
    campaignId: campaign.id,
    phase: name,
    run: phase.run,
    retryVerdicts: phase.retryVerdicts,
    range: rangeToMake(campaign, name),
    batchSize: phaseNamed(name).batchSize,
    crashes: 0,
  });
  await tx
    .update(phaseRuns)
    .set({ plan, total: sql`${phaseRuns.total} + ${planned.items - planned.again}`, errorDetails: null })
    .where(key);
  return planned.batches;
}
