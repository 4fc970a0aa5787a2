import type { Transaction } from '@domainflow/db/client.ts';
import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import { DIRECT } from '@domainflow/domain/http/proxy-pool.ts';
import { personaIdSchema, proxyPoolIdSchema } from '@domainflow/domain/ids.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { z } from 'zod';
import type { CampaignRow, PhaseRow } from './lifecycle/lock-campaign.ts';
import { type PhaseConfigs } from './lifecycle/resolve-plan.ts';
import { checkPhaseConfig } from './phase-config.ts';

/** Fields of a campaign that stand for fields of its phases' configurations. */
export const choiceFields = {
  /** The DNS persona of the DNS phase; without one, that which the HTTP phase looks names up with. Null: the default. */
  dnsPersonaId: personaIdSchema.nullable().optional(),
  /** The HTTP persona of the HTTP phase. Null: the default. */
  httpPersonaId: personaIdSchema.nullable().optional(),
  /** `direct`, or the pool of proxies that the HTTP phase goes through. */
  proxyAssignmentId: z
    .union([z.literal(DIRECT), proxyPoolIdSchema], 'direct, or the id of a proxy pool')
    .optional(),
};

const NAMES = ['dnsPersonaId', 'httpPersonaId', 'proxyAssignmentId'] as const;
type ChoiceName = (typeof NAMES)[number];
type Value = string | null;
/** What was chosen; what is undefined was not. */
export type GivenChoices = Readonly<Partial<Record<ChoiceName, Value | undefined>>>;
export type Choices = Readonly<Record<'dnsPersonaId' | 'httpPersonaId', Value>> & {
  readonly proxyAssignmentId: string;
};
type Config = Readonly<Record<string, unknown>>;

/** Where each choice stands in the configuration of a campaign with these phases; null where no phase has it. */
function placeOf(
  name: ChoiceName,
  phases: readonly PhaseName[],
): { readonly phase: PhaseName; readonly field: string } | null {
  if (name === 'dnsPersonaId' && phases.includes('dns')) return { phase: 'dns', field: 'personaId' };
  if (!phases.includes('http')) return null;
  return { phase: 'http', field: name === 'httpPersonaId' ? 'personaId' : name };
}

const LABELS: Readonly<Record<PhaseName, string>> = {
  generation: 'generation',
  dns: 'DNS',
  http: 'HTTP',
  analysis: 'analysis',
};

/** `INVALID_INPUT` where something is chosen that no phase of the campaign has. */
export function requirePlaces(choices: GivenChoices, phases: readonly PhaseName[]): void {
  for (const name of NAMES) {
    const value = choices[name] ?? null;
    if (value !== null && value !== DIRECT && placeOf(name, phases) === null)
      throw invalidInput('This campaign has no phase that this is for.', name);
  }
}

/**
 * The configuration of a phase with what was chosen for the campaign where it says nothing itself. `isStrict`:
 * `INVALID_INPUT` where it says something else.
 */
export function withChoices(
  phase: PhaseName,
  config: Config,
  choices: GivenChoices,
  phases: readonly PhaseName[],
  isStrict = false,
): Config {
  const merged: Record<string, unknown> = { ...config };
  for (const name of NAMES) {
    const place = placeOf(name, phases);
    const value = choices[name];
    if (value === undefined || place?.phase !== phase) continue;
    if (merged[place.field] === undefined) merged[place.field] = value;
    else if (isStrict && merged[place.field] !== value)
      throw invalidInput(`The configuration of the ${LABELS[phase]} phase says something else.`, name);
  }
  return merged;
}

/** As `checkPhaseConfig`; what is wrong with a choice is told of its own field. */
export async function checkWithChoices(
  tx: Transaction,
  phase: PhaseName,
  config: Config,
  choices: GivenChoices,
  campaign: { readonly configs: PhaseConfigs; readonly phases: readonly PhaseName[] },
): Promise<Record<string, unknown>> {
  const at = `phases.${phase}`;
  const merged = withChoices(phase, config, choices, campaign.phases, true);
  try {
    return await checkPhaseConfig(tx, phase, merged, campaign.configs, at);
  } catch (error) {
    if (!(error instanceof DomainFlowError)) throw error;
    const name = NAMES.find((each) => {
      const place = placeOf(each, campaign.phases);
      return (
        place?.phase === phase && error.field === `${at}.${place.field}` && config[place.field] === undefined
      );
    });
    if (name === undefined) throw error;
    throw new DomainFlowError(error.code, error.message, { field: name, details: error.details });
  }
}

/** What is chosen of a campaign: as its phases are configured, else as it says itself. */
export function choicesOf(
  row: Pick<CampaignRow, ChoiceName>,
  phases: readonly Pick<PhaseRow, 'phase' | 'config'>[],
): Choices {
  const names = phases.map(({ phase }) => phase);
  const chosen = (name: ChoiceName): Value => {
    const place = placeOf(name, names);
    const config = phases.find(({ phase }) => phase === place?.phase)?.config as Config | null | undefined;
    const own = place === null ? undefined : config?.[place.field];
    return typeof own === 'string' || own === null ? own : row[name];
  };
  return {
    dnsPersonaId: chosen('dnsPersonaId'),
    httpPersonaId: chosen('httpPersonaId'),
    proxyAssignmentId: chosen('proxyAssignmentId') ?? DIRECT,
  };
}

/** What phases are configured with that say nothing themselves: what was chosen of the campaign itself. */
export const ownChoices = (row: Pick<CampaignRow, ChoiceName>): GivenChoices => ({
  dnsPersonaId: row.dnsPersonaId ?? undefined,
  httpPersonaId: row.httpPersonaId ?? undefined,
  proxyAssignmentId: row.proxyAssignmentId,
});

/** What is chosen after a change. */
export const nextChoices = (now: Choices, given: GivenChoices): Choices => ({
  dnsPersonaId: given.dnsPersonaId === undefined ? now.dnsPersonaId : given.dnsPersonaId,
  httpPersonaId: given.httpPersonaId === undefined ? now.httpPersonaId : given.httpPersonaId,
  proxyAssignmentId: given.proxyAssignmentId ?? now.proxyAssignmentId,
});

/** Of what is given, what differs from how the campaign is. */
export const changedChoices = (given: GivenChoices, now: Choices): GivenChoices =>
  Object.fromEntries(
    NAMES.filter((name) => given[name] !== undefined && given[name] !== now[name]).map((name) => [
      name,
      given[name],
    ]),
  );

/** Phases that a choice is for, with the fields that it sets. */
export function changesByPhase(
  choices: GivenChoices,
  phases: readonly PhaseName[],
): { readonly phase: PhaseName; readonly name: ChoiceName; readonly field: string; readonly value: Value }[] {
  return NAMES.flatMap((name) => {
    const value = choices[name];
    const place = placeOf(name, phases);
    return value === undefined || place === null ? [] : [{ ...place, name, value }];
  });
}

/** Whether something is chosen for the phase. */
export const isChosenFor = (phase: PhaseName, choices: GivenChoices, phases: readonly PhaseName[]): boolean =>
  changesByPhase(choices, phases).some((change) => change.phase === phase);
