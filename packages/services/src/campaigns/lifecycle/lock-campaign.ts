import type { Transaction } from '@domainflow/db/client.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import type { LifecycleState } from '@domainflow/domain/campaign/lifecycle.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Actor } from '../../operation/operation.ts';
import { requireVersion } from '../../rows/edit-rules.ts';
import { visibleTo } from '../visible-campaigns.ts';

export type CampaignRow = typeof campaigns.$inferSelect;
export type PhaseRow = typeof phaseRuns.$inferSelect;

/** A campaign whose row this transaction holds: nothing else changes its state until it ends. */
export interface LockedCampaign {
  readonly row: CampaignRow;
  readonly phases: readonly PhaseRow[];
}

/**
 * Locks the campaign for a change by `actor` (null: by the platform itself). `NOT_FOUND` where the actor does not see
 * it, `STALE_VERSION` where the change was based on another version than the current one.
 */
export async function lockCampaign(
  tx: Transaction,
  actor: Actor | null,
  campaignId: string,
  basedOn: number | undefined,
): Promise<LockedCampaign> {
  const visible = actor === null ? isNull(campaigns.deletedAt) : visibleTo(actor);
  const [row] = await tx
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.id, campaignId), visible))
    .for('update');
  if (row === undefined) throw notFound('campaign', campaignId);
  requireVersion(row.version, basedOn);
  const phases = await tx
    .select()
    .from(phaseRuns)
    .where(eq(phaseRuns.campaignId, campaignId))
    .orderBy(asc(phaseRuns.position));
  return { row, phases };
}

/** What the state machine sees of a campaign. */
export const lifecycleOf = ({ row, phases }: LockedCampaign): LifecycleState => ({
  campaign: row.status,
  mode: row.mode,
  phases: phases.map((phase) => ({ name: phase.phase, status: phase.status, run: phase.run })),
});
