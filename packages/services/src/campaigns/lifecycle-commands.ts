import type { CampaignCommand } from '@domainflow/domain/campaign/states.ts';
import { type CampaignId, campaignIdSchema } from '@domainflow/domain/ids.ts';
import { PHASE_NAMES, type PhaseName } from '@domainflow/domain/phases/phase.ts';
import { z } from 'zod';
import { type AuditEntry, type MutationContext, mutation } from '../operation/operation.ts';
import { applyEvent } from './lifecycle/apply-event.ts';
import { lockCampaign } from './lifecycle/lock-campaign.ts';
import { type CampaignView, readCampaign } from './reading/read-campaign.ts';
import { campaignViewSchema } from './views.ts';

export const commandInput = {
  id: campaignIdSchema,
  /** The version that the caller saw; a campaign that has changed since is left alone. Absent: the current one. */
  version: z.int().optional(),
};

const auditOf = (output: { campaignId: string; status: string; version: number }): AuditEntry => ({
  entity: 'campaign',
  entityId: output.campaignId,
  details: { status: output.status, version: output.version },
});

/** Pause, resume and cancel differ in nothing but the event. */
const command = <C extends Extract<CampaignCommand, 'pause' | 'resume' | 'cancel'>>(
  verb: C,
  summary: string,
) =>
  mutation({
    name: `campaigns.${verb}`,
    summary,
    rest: { method: 'POST', path: `/campaigns/{id}/${verb}` },
    access: 'member',
    input: z.object(commandInput),
    output: campaignViewSchema,
    audit: (_, output) => auditOf(output),
    async run({ tx, queue, actor }, input) {
      const locked = await lockCampaign(tx, actor, input.id, input.version);
      await applyEvent(tx, queue, locked, { type: verb });
      return readCampaign(tx, actor, input.id);
    },
  });

export const pauseCampaign = command('pause', 'Pause: workers stop within 2 seconds, what is done is kept');
export const resumeCampaign = command('resume', 'Go on after a pause or an error');
export const cancelCampaign = command('cancel', 'End the campaign; what is done is kept');

/** What both ways to start a phase do: the next one, which `phase` may only confirm. */
async function start(
  { tx, queue, actor }: MutationContext,
  input: { id: CampaignId; version?: number | undefined; phase?: PhaseName | undefined },
): Promise<CampaignView> {
  const locked = await lockCampaign(tx, actor, input.id, input.version);
  await applyEvent(tx, queue, locked, { type: 'start', phase: input.phase });
  return readCampaign(tx, actor, input.id);
}

export const startCampaign = mutation({
  name: 'campaigns.start',
  summary: 'Start the next phase; in full_sequence the others follow',
  rest: { method: 'POST', path: '/campaigns/{id}/start' },
  access: 'member',
  input: z.object({ ...commandInput, phase: z.enum(PHASE_NAMES).optional() }),
  output: campaignViewSchema,
  audit: (_, output) => auditOf(output),
  run: start,
});

export const startPhase = mutation({
  name: 'campaigns.startPhase',
  summary: 'Start this phase, which must be the next one',
  rest: { method: 'POST', path: '/campaigns/{id}/phases/{phase}/start' },
  access: 'member',
  input: z.object({ ...commandInput, phase: z.enum(PHASE_NAMES) }),
  output: campaignViewSchema,
  audit: (_, output) => auditOf(output),
  run: start,
});
