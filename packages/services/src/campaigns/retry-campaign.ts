import type { Transaction } from '@domainflow/db/client.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { PHASE_NAMES, type PhaseName } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { readPhaseProgress } from './lifecycle/announce-phase.ts';
import { applyEvent } from './lifecycle/apply-event.ts';
import { type LockedCampaign, lockCampaign } from './lifecycle/lock-campaign.ts';
import { commandInput } from './lifecycle-commands.ts';
import { readCampaign } from './reading/read-campaign.ts';
import { campaignViewSchema } from './views.ts';

const RETRY_SCOPES = ['failed', 'ambiguous', 'both'] as const;
type RetryScope = (typeof RETRY_SCOPES)[number];

/** The verdicts of a phase that a retry of this scope works on again. */
function retryable(phase: PhaseName, scope: RetryScope): string[] {
  return Object.entries(phaseNamed(phase).verdicts)
    .filter(([, { retry }]) => retry !== 'no' && (scope === 'both' || scope === retry))
    .map(([verdict]) => verdict);
}

/** Of the phases that have ended, those with something that the retry covers. */
async function phasesToRetry(
  tx: Transaction,
  { row, phases }: LockedCampaign,
  scope: RetryScope,
  only: PhaseName | undefined,
): Promise<PhaseName[]> {
  const chosen: PhaseName[] = [];
  for (const { phase, status } of phases) {
    if (only !== undefined && phase !== only) continue;
    if (status !== 'completed' && status !== 'failed') continue;
    const { counts } = await readPhaseProgress(tx, row.id, phase);
    const covered = retryable(phase, scope).some((verdict) => (counts[verdict] ?? 0) > 0);
    if (status === 'failed' || covered) chosen.push(phase);
  }
  return chosen;
}

export const retryCampaign = mutation({
  name: 'campaigns.retry',
  summary: 'Work again on domains that failed or whose answer was ambiguous, then on what that lets in',
  rest: { method: 'POST', path: '/campaigns/{id}/retry' },
  access: 'member',
  input: z.object({
    ...commandInput,
    scope: z.enum(RETRY_SCOPES).default('both'),
    /** Only this phase; absent: every phase with something to retry. */
    phase: z.enum(PHASE_NAMES).optional(),
  }),
  output: campaignViewSchema,
  audit: (input, output) => ({
    entity: 'campaign',
    entityId: output.campaignId,
    details: { scope: input.scope, phase: input.phase ?? null, version: output.version },
  }),
  async run({ tx, queue, actor }, input) {
    const locked = await lockCampaign(tx, actor, input.id, input.version);
    const phases = await phasesToRetry(tx, locked, input.scope, input.phase);
    const anyEnded = locked.phases.some(({ status }) => status === 'completed' || status === 'failed');
    if (
      phases.length === 0 &&
      anyEnded &&
      (locked.row.status === 'completed' || locked.row.status === 'failed')
    ) {
      throw new DomainFlowError(
        'CONFLICT',
        'No domain has a verdict that this retry covers: nothing to do.',
        {
          field: 'scope',
        },
      );
    }
    // What an earlier retry had chosen and never came to counts no more.
    await tx.update(phaseRuns).set({ retryVerdicts: null }).where(eq(phaseRuns.campaignId, input.id));
    // In step_by_step only the first of them runs now; the others wait for a retry of their own.
    for (const phase of locked.row.mode === 'step_by_step' ? phases.slice(0, 1) : phases) {
      await tx
        .update(phaseRuns)
        .set({ retryVerdicts: retryable(phase, input.scope) })
        .where(and(eq(phaseRuns.campaignId, input.id), eq(phaseRuns.phase, phase)));
    }
    await applyEvent(tx, queue, locked, { type: 'retry', phases });
    return readCampaign(tx, actor, input.id);
  },
});
