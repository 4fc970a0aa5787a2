import type { Transaction } from '@domainflow/db/client.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import { campaignInputSchema, type StoredInput } from '@domainflow/domain/campaign/input.ts';
import { CAMPAIGN_MODES } from '@domainflow/domain/campaign/states.ts';
import { CAMPAIGN_PRESETS, CAMPAIGN_TYPES, phasesOf } from '@domainflow/domain/campaign/types.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { DIRECT } from '@domainflow/domain/http/proxy-pool.ts';
import { PHASE_NAMES, type PhaseName } from '@domainflow/domain/phases/phase.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { openCampaignSpace, type PatternSpace } from '../pattern-offsets/pattern-space.ts';
import { registerSpace } from '../pattern-offsets/reserve-range.ts';
import { robotsOverride } from '../personas/robots-override.ts';
import { writtenRow } from '../rows/written-row.ts';
import { wordListsOf } from '../word-lists/word-list-cache.ts';
import { announceChange } from './announce-change.ts';
import {
  checkWithChoices,
  choiceFields,
  type GivenChoices,
  isChosenFor,
  requirePlaces,
} from './campaign-choices.ts';
import { checkInput } from './campaign-input.ts';
import { readCampaign } from './reading/read-campaign.ts';
import { campaignViewSchema } from './views.ts';

export const campaignNameSchema = z.string().trim().min(1, 'A name').max(200);
export const tagsSchema = z.array(z.string().trim().min(1).max(50)).max(50);

const createInput = z.object({
  campaignName: campaignNameSchema,
  description: z.string().max(5_000).default(''),
  notes: z.string().max(20_000).default(''),
  tags: tagsSchema.default([]),
  campaignType: z.enum(CAMPAIGN_TYPES).default('pipeline'),
  mode: z.enum(CAMPAIGN_MODES).default('full_sequence'),
  ...choiceFields,
  input: campaignInputSchema,
  /** Configuration by phase. In `full_sequence` a phase that is left out gets its defaults. */
  phases: z.partialRecord(z.enum(PHASE_NAMES), z.record(z.string(), z.unknown())).default({}),
});
type CreateInput = z.output<typeof createInput>;

export const createCampaign = mutation({
  name: 'campaigns.create',
  summary: 'Create a campaign as a draft',
  rest: { method: 'POST', path: '/campaigns', status: 201 },
  access: 'member',
  input: createInput,
  output: campaignViewSchema,
  audit: (input, output) => ({
    entity: 'campaign',
    entityId: output.campaignId,
    details: {
      campaignName: input.campaignName,
      campaignType: input.campaignType,
      source: input.input.source,
      ...robotsOverride(input.phases.http),
    },
  }),
  /** Long word lists are read before the transaction. */
  async prepare({ db }, { input }): Promise<PatternSpace | null> {
    if (input.source !== 'pattern') return null;
    return openCampaignSpace(wordListsOf(db), input.pattern, 'input.pattern');
  },
  async run({ tx, actor }, input, space: PatternSpace | null) {
    const names = phasesToWrite(input);
    const { dnsPersonaId, httpPersonaId, proxyAssignmentId } = input;
    const choices = { dnsPersonaId, httpPersonaId, proxyAssignmentId };
    requirePlaces(choices, names);
    const checked = await checkInput(tx, actor, input.input, space);
    const inserted = await tx
      .insert(campaigns)
      .values({
        name: input.campaignName,
        description: input.description,
        notes: input.notes,
        tags: input.tags,
        type: input.campaignType,
        mode: input.mode,
        dnsPersonaId: dnsPersonaId ?? null,
        httpPersonaId: httpPersonaId ?? null,
        proxyAssignmentId: proxyAssignmentId ?? DIRECT,
        input: checked.stored,
        initialDomains: checked.initialDomains,
        ownerId: actor.userId,
        createdBy: actor.userId,
      })
      .returning();
    const row = writtenRow(inserted);

    if (space !== null) await registerSpace(tx, row.id, space);
    await writePhases(tx, row.id, input, { names, choices, generation: checked.stored });
    if (checked.names.length > 0) {
      await tx.execute(sql`
        INSERT INTO domains (campaign_id, ordinal, name)
        SELECT ${row.id}, n - 1, name
        FROM unnest(${sql.param([...checked.names])}::text[]) WITH ORDINALITY AS given (name, n)`);
    }
    await announceChange(tx, row, 'created');
    return readCampaign(tx, actor, row.id);
  },
});

/** The phases of the campaign; `INVALID_INPUT` where it does not take such an input, or configures another phase. */
function phasesToWrite({ campaignType, input, phases }: CreateInput): readonly PhaseName[] {
  const { label, sources } = CAMPAIGN_PRESETS[campaignType];
  if (!sources.includes(input.source)) {
    throw invalidInput(`A ${label} campaign takes its names from: ${sources.join(', ')}.`, 'input.source');
  }
  const names = phasesOf(campaignType, input.source);
  const stray = Object.keys(phases).find(
    (name) => !names.includes(name as PhaseName) || name === 'generation',
  );
  if (stray !== undefined)
    throw invalidInput(`This campaign has no ${stray} phase to configure.`, `phases.${stray}`);
  return names;
}

/** Writes the phases with their configurations; in `step_by_step` those that are left out wait to be configured. */
async function writePhases(
  tx: Transaction,
  campaignId: string,
  { mode, phases: configs }: CreateInput,
  {
    names,
    choices,
    generation,
  }: {
    readonly names: readonly PhaseName[];
    readonly choices: GivenChoices;
    readonly generation: StoredInput;
  },
): Promise<void> {
  for (const [position, phase] of names.entries()) {
    const given = phase === 'generation' ? patternOf(generation) : configs[phase];
    const waits = given === undefined && mode === 'step_by_step';
    const isChecked = !waits || isChosenFor(phase, choices, names);
    const config = isChecked
      ? await checkWithChoices(tx, phase, { ...given }, choices, { configs, phases: names })
      : null;
    await tx.insert(phaseRuns).values({
      campaignId,
      phase,
      position,
      status: waits ? 'pending' : 'configured',
      config: waits ? null : config,
    });
  }
}

/** Of the campaign's input what the generation phase is configured with. */
const patternOf = (input: StoredInput): Record<string, unknown> =>
  input.source === 'pattern' ? { pattern: input.pattern } : {};
