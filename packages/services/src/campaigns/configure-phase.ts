import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { PHASE_NAMES } from '@domainflow/domain/phases/phase.ts';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { ownChoices, withChoices } from './campaign-choices.ts';
import { applyEvent } from './lifecycle/apply-event.ts';
import { lockCampaign } from './lifecycle/lock-campaign.ts';
import { commandInput } from './lifecycle-commands.ts';
import { checkPhaseConfig } from './phase-config.ts';
import { readCampaign } from './reading/read-campaign.ts';
import { campaignViewSchema } from './views.ts';

export const configurePhase = mutation({
  name: 'campaigns.configurePhase',
  summary: 'Set the configuration of a phase that does not run',
  rest: { method: 'PUT', path: '/campaigns/{id}/phases/{phase}/config' },
  access: 'member',
  input: z.object({
    ...commandInput,
    phase: z.enum(PHASE_NAMES),
    config: z.record(z.string(), z.unknown()),
  }),
  output: campaignViewSchema,
  audit: (input, output) => ({
    entity: 'campaign',
    entityId: output.campaignId,
    details: { phase: input.phase, config: input.config },
  }),
  async run({ tx, queue, actor }, input) {
    const locked = await lockCampaign(tx, actor, input.id, input.version);
    if (input.phase === 'generation') {
      throw invalidInput('Generation is configured by the campaign’s input, when it is created.', 'phase');
    }
    await applyEvent(tx, queue, locked, { type: 'configure', phase: input.phase });
    const campaign = Object.fromEntries(locked.phases.map(({ phase, config }) => [phase, config]));
    const phases = locked.phases.map(({ phase }) => phase);
    const given = withChoices(input.phase, input.config, ownChoices(locked.row), phases);
    const config = await checkPhaseConfig(tx, input.phase, given, campaign, 'config');
    await tx
      .update(phaseRuns)
      .set({ config })
      .where(and(eq(phaseRuns.campaignId, input.id), eq(phaseRuns.phase, input.phase)));
    return readCampaign(tx, actor, input.id);
  },
});
