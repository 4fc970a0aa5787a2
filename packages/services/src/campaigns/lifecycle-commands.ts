import type { CampaignCommand } from '@domainflow/domain/campaign/states.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { PHASE_NAMES, type PhaseName } from '@domainflow/domain/phases/phase.ts';
import { z } from 'zod';
import { mutation } from '../operation.ts';
import { applyEvent } from './lifecycle/apply-event.ts';
import { lockCampaign } from './lifecycle/lock-campaign.ts';
import { readCampaign } from './reading/read-campaign.ts';
import { campaignViewSchema } from './views.ts';

export const commandInput = {
  id: campaignIdSchema,
  /** The version that the caller saw; a campaign that has changed since is left alone. Absent: the current one. */
  version: z.int().optional(),
};

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
    audit: (_, output) => ({
      entity: 'campaign',
      entityId: output.campaignId,
      details: { status: output.status, version: output.version },
    }),
    async run({ tx, queue, actor }, input) {
      const locked = await lockCampaign(tx, actor, input.id, input.version);
      await applyEvent(tx, queue, locked, { type: verb });
      return readCampaign(tx, actor, input.id);
    },
  });

export const pauseCampaign = command('pause', 'Pause: workers stop within 2 seconds, what is done is kept');
export const resumeCampaign = command('resume', 'Go on after a pause or an error');
export const cancelCampaign = command('cancel', 'End the campaign; what is done is kept');

/** `start` takes the next phase, whichever it is; `startPhase` names it. */
const starting = <P extends z.ZodType<PhaseName | undefined>>(
  operation: { readonly name: string; readonly summary: string; readonly path: string },
  phase: P,
) =>
  mutation({
    name: operation.name,
    summary: operation.summary,
    rest: { method: 'POST', path: operation.path },
    access: 'member',
    input: z.object({ ...commandInput, phase }),
    output: campaignViewSchema,
    audit: (_, output) => ({
      entity: 'campaign',
      entityId: output.campaignId,
      details: { status: output.status, version: output.version },
    }),
    async run({ tx, queue, actor }, input) {
      const locked = await lockCampaign(tx, actor, input.id, input.version);
      await applyEvent(tx, queue, locked, { type: 'start', phase: input.phase });
      return readCampaign(tx, actor, input.id);
    },
  });

export const startCampaign = starting(
  {
    name: 'campaigns.start',
    summary: 'Start the next phase; in full_sequence the others follow',
    path: '/campaigns/{id}/start',
  },
  z.enum(PHASE_NAMES).optional(),
);

export const startPhase = starting(
  {
    name: 'campaigns.startPhase',
    summary: 'Start this phase, which must be the next one',
    path: '/campaigns/{id}/phases/{phase}/start',
  },
  z.enum(PHASE_NAMES),
);
