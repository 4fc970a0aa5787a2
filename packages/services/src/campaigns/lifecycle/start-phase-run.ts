import type { Transaction } from '@domainflow/db/client.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import { campaignRange } from '@domainflow/domain/generation/compile-pattern.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { and, eq, sql } from 'drizzle-orm';
import { giveUpBatches } from '../../batch/give-up-batches.ts';
import { type OrdinalRange, planBatches } from '../../batch/plan-batches.ts';
import type { JobQueue } from '../../queue/job-queue.ts';
import type { CampaignRow, PhaseRow } from './lock-campaign.ts';
import { resolvePlan } from './resolve-plan.ts';

/**
 * Where the work of a run lies: generation makes its ordinals, after a failure those that are left; the other phases
 * work on what is there (null).
 */
function rangesOf(row: CampaignRow, phase: PhaseRow, left: readonly OrdinalRange[]): (OrdinalRange | null)[] {
  if (phase.phase !== 'generation' || row.input.source !== 'pattern') return [null];
  return phase.run > 1 ? [...left] : [{ lo: 0, hi: campaignRange(row.input.pattern).count }];
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
  const phases = await tx.select().from(phaseRuns).where(eq(phaseRuns.campaignId, campaign.id));
  const phase = phases.find((each) => each.phase === name);
  if (phase === undefined) throw new Error(`Campaign ${campaign.id} has no ${name} phase`);
  const configs = Object.fromEntries(phases.map((each) => [each.phase, each.config]));
  const plan = await resolvePlan(tx, name, phase.config, configs);
  const run = { campaignId: campaign.id, phase: name, run: phase.run };
  const left = await giveUpBatches(tx, run);
  let batches = 0;
  let newDomains = 0;
  for (const range of rangesOf(campaign, phase, left)) {
    const planned = await planBatches(tx, queue, {
      ...run,
      retryVerdicts: phase.retryVerdicts,
      range,
      batchSize: phaseNamed(name).batchSize,
      crashes: 0,
    });
    batches += planned.batches;
    newDomains += planned.items - planned.again;
  }
  const done = sql`(
    SELECT coalesce(sum(c.value::bigint), 0) FROM batches b, jsonb_each_text(b.counts) c
    WHERE b.campaign_id = ${campaign.id} AND b.phase = ${name})`;
  await tx
    .update(phaseRuns)
    .set({ plan, total: sql`${done} + ${newDomains}::bigint`, errorDetails: null })
    .where(and(eq(phaseRuns.campaignId, campaign.id), eq(phaseRuns.phase, name)));
  return batches;
}
