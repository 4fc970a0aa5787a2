import type { Transaction } from '@domainflow/db/client.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import { CAMPAIGN_MODES } from '@domainflow/domain/campaign/states.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { announceChange } from './announce-change.ts';
import {
  type Choices,
  changedChoices,
  changesByPhase,
  checkWithChoices,
  choiceFields,
  choicesOf,
  type GivenChoices,
  nextChoices,
  requirePlaces,
} from './campaign-choices.ts';
import { campaignNameSchema, tagsSchema } from './create-campaign.ts';
import { applyEvent } from './lifecycle/apply-event.ts';
import { type CampaignRow, type LockedCampaign, lockCampaign } from './lifecycle/lock-campaign.ts';
import { readCampaign } from './reading/read-campaign.ts';
import { campaignViewSchema } from './views.ts';

/** What people write about a campaign can change in every state. */
async function writeTexts(
  tx: Transaction,
  row: CampaignRow,
  texts: Partial<CampaignRow> & Pick<CampaignRow, 'name'>,
): Promise<void> {
  const version = row.version + 1;
  await tx
    .update(campaigns)
    .set({ ...texts, version, updatedAt: sql`clock_timestamp()` })
    .where(eq(campaigns.id, row.id));
  await announceChange(tx, { ...row, ...texts, version }, 'updated');
}

/**
 * Writes what is chosen into the configurations of phases that were not started; gives the columns to write.
 * `CONFLICT` where the phase was started: what it runs with is settled.
 */
async function writeChoices(
  tx: Transaction,
  { row, phases }: LockedCampaign,
  given: GivenChoices,
): Promise<Choices> {
  const now = choicesOf(row, phases);
  const choices = changedChoices(given, now);
  const names = phases.map(({ phase }) => phase);
  requirePlaces(choices, names);
  const configs: Record<string, unknown> = Object.fromEntries(
    phases.map(({ phase, config }) => [phase, config]),
  );
  for (const { phase, name, field, value } of changesByPhase(choices, names)) {
    const of = phases.find((each) => each.phase === phase);
    if (of === undefined) continue;
    if (of.status !== 'pending' && of.status !== 'configured') {
      throw new DomainFlowError('CONFLICT', `The ${phase} phase was started: this cannot change any more.`, {
        field: name,
      });
    }
    const { [field]: _, ...others } = (configs[phase] ?? {}) as Record<string, unknown>;
    const campaign = { configs, phases: names };
    const config = await checkWithChoices(tx, phase, others, { [name]: value }, campaign);
    if (of.status === 'pending') continue;
    configs[phase] = config;
    await tx
      .update(phaseRuns)
      .set({ config })
      .where(and(eq(phaseRuns.campaignId, row.id), eq(phaseRuns.phase, phase)));
  }
  return nextChoices(now, given);
}

export const updateCampaign = mutation({
  name: 'campaigns.update',
  summary: 'Change name, description, notes, tags, mode, personas or proxies',
  rest: { method: 'PUT', path: '/campaigns/{id}' },
  access: 'member',
  input: z.object({
    id: campaignIdSchema,
    version: z.int(),
    campaignName: campaignNameSchema.optional(),
    description: z.string().max(5_000).optional(),
    notes: z.string().max(20_000).optional(),
    tags: tagsSchema.optional(),
    mode: z.enum(CAMPAIGN_MODES).optional(),
    ...choiceFields,
  }),
  output: campaignViewSchema,
  audit: ({ id, version: _, ...changed }) => ({ entity: 'campaign', entityId: id, details: changed }),
  async run({ tx, queue, actor }, input) {
    const locked = await lockCampaign(tx, actor, input.id, input.version);
    const { campaignName, description, notes, tags, mode, dnsPersonaId, httpPersonaId, proxyAssignmentId } =
      input;
    const texts = {
      name: campaignName ?? locked.row.name,
      description: description ?? locked.row.description,
      notes: notes ?? locked.row.notes,
      tags: tags ?? locked.row.tags,
      ...(await writeChoices(tx, locked, { dnsPersonaId, httpPersonaId, proxyAssignmentId })),
    };
    if (mode !== undefined && mode !== locked.row.mode) {
      await tx.update(campaigns).set(texts).where(eq(campaigns.id, input.id));
      // The state machine decides on the mode, and its step raises the version and announces the change.
      await applyEvent(tx, queue, { ...locked, row: { ...locked.row, ...texts } }, { type: 'setMode', mode });
    } else {
      await writeTexts(tx, locked.row, texts);
    }
    return readCampaign(tx, actor, input.id);
  },
});
