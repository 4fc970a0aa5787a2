import type { Transaction } from '@domainflow/db/client.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import { patternSchema } from '@domainflow/domain/generation/pattern.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { shapedBatchSize } from '@domainflow/domain/shaping/shaping-schema.ts';
import { and, eq, sql } from 'drizzle-orm';
import type { OrdinalRange } from '../../batch/batch-key.ts';
import { giveUpBatches } from '../../batch/give-up-batches.ts';
import { planBatches } from '../../batch/plan-batches.ts';
import { reserveRange } from '../../pattern-offsets/reserve-range.ts';
import type { JobQueue } from '../../queue/job-queue.ts';
import type { CampaignRow, PhaseRow } from './lock-campaign.ts';
import { planShaping } from './plan-shaping.ts';
import { resolvePlan } from './resolve-plan.ts';

/** A run waits for nothing of an earlier one. */
const NO_WAIT = { waitingSince: null, waitingUntil: null, waitedMs: 0 };

interface Work {
  /**
   * Where it lies: generation makes its ordinals, after a failure those that are left; the other phases work on what is
   * there (null).
   */
  readonly ranges: readonly (OrdinalRange | null)[];
  readonly config: Record<string, unknown> | null;
}

/** The work of a run. Generation is given its part of the pattern's space with its first start, and keeps it. */
async function workOf(
  tx: Transaction,
  row: CampaignRow,
  phase: PhaseRow,
  left: readonly OrdinalRange[],
): Promise<Work> {
  if (phase.phase !== 'generation' || row.input.source !== 'pattern') {
    return { ranges: [null], config: phase.config };
  }
  const pattern = patternSchema.parse(row.input.pattern);
  const { start, count } = await reserveRange(tx, row, pattern);
  return {
    ranges: phase.run > 1 ? left : [{ lo: 0, hi: count }],
    config: { pattern: { ...pattern, startOffset: String(start), targetDomainsToGenerate: count } },
  };
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
  const run = { campaignId: campaign.id, phase: name, run: phase.run };
  const left = await giveUpBatches(tx, run);
  const { ranges, config } = await workOf(tx, campaign, phase, left);
  const resolved = await resolvePlan(tx, name, config, configs);
  const shaping = await planShaping(tx, campaign.id, { ...resolved, phase: name });
  const { input } = campaign;
  // A lead campaign fetches only what its input campaigns do not hold.
  const heldIn =
    name === 'http' && campaign.type === 'lead' && input.source === 'campaigns'
      ? { heldIn: input.inputCampaignIds }
      : {};
  const plan = { ...resolved, shaping, ...heldIn };
  let batches = 0;
  let newDomains = 0;
  for (const range of ranges) {
    const planned = await planBatches(tx, queue, {
      ...run,
      retryVerdicts: phase.retryVerdicts,
      range,
      order: shaping?.order ?? null,
      batchSize: shapedBatchSize(shaping?.values ?? null, phaseNamed(name).batchSize),
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
    .set({ plan, total: sql`${done} + ${newDomains}::bigint`, errorDetails: null, ...NO_WAIT })
    .where(and(eq(phaseRuns.campaignId, campaign.id), eq(phaseRuns.phase, name)));
  return batches;
}
