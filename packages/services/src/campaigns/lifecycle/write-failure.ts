import type { Transaction } from '@domainflow/db/client.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import type { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { and, eq } from 'drizzle-orm';

/** Keeps why a phase failed, with the phase and, where people see it first, with the campaign. */
export async function writeFailure(
  tx: Transaction,
  campaignId: string,
  phase: PhaseName,
  { code, message }: DomainFlowError,
): Promise<void> {
  const errorDetails = { code, message };
  await tx.update(campaigns).set({ errorDetails }).where(eq(campaigns.id, campaignId));
  await tx
    .update(phaseRuns)
    .set({ errorDetails })
    .where(and(eq(phaseRuns.campaignId, campaignId), eq(phaseRuns.phase, phase)));
}
