import { MAX_LIST_DOMAINS } from '@domainflow/domain/campaign/input.ts';
import { CAMPAIGN_MODES } from '@domainflow/domain/campaign/states.ts';
import { CAMPAIGN_TYPES, INPUT_SOURCES, phasesOf } from '@domainflow/domain/campaign/types.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { z } from 'zod';
import type { Inputs } from '../../lib/contract.ts';
import { formatCount } from '../../lib/format.ts';
import { defaultPhaseConfig, type PhaseConfig } from '../phases/phase-config.ts';
import { namesOf } from '../refusals/refusals.ts';
import { PATTERN_DEFAULTS, patternFieldsSchema, patternOf } from './pattern-values.ts';

export const wizardSchema = z.object({
  campaignName: z.string().trim().min(1, 'A name is needed').max(200),
  description: z.string().max(5_000),
  campaignType: z.enum(CAMPAIGN_TYPES),
  mode: z.enum(CAMPAIGN_MODES),
  source: z.enum(INPUT_SOURCES),
  pattern: patternFieldsSchema,
  list: z.string(),
  inputCampaignIds: z.array(z.string()),
});
export type WizardValues = z.infer<typeof wizardSchema>;

export const WIZARD_DEFAULTS: WizardValues = {
  campaignName: '',
  description: '',
  campaignType: 'pipeline',
  mode: 'full_sequence',
  source: 'pattern',
  pattern: PATTERN_DEFAULTS,
  list: '',
  inputCampaignIds: [],
};

export const tooManyNames = (count: number): string | null =>
  count > MAX_LIST_DOMAINS
    ? `At most ${formatCount(MAX_LIST_DOMAINS)} names here: upload a longer list as a file.`
    : null;

export type PhaseConfigs = Partial<Record<PhaseName, PhaseConfig>>;

/** The phases of the campaign that have settings of their own. */
export const configurablePhases = ({ campaignType, source }: Pick<WizardValues, 'campaignType' | 'source'>) =>
  phasesOf(campaignType, source).filter((phase) => phase !== 'generation');

function inputOf(values: WizardValues): Inputs['campaigns']['create']['input'] {
  switch (values.source) {
    case 'pattern':
      return { source: 'pattern', pattern: patternOf(values.pattern) };
    case 'list':
      return { source: 'list', domains: namesOf(values.list) };
    case 'upload':
      return { source: 'upload' };
    case 'campaigns':
      return { source: 'campaigns', inputCampaignIds: values.inputCampaignIds };
  }
}

/** What is sent to create the campaign. Step by step, each phase is configured when its turn comes. */
export function createInputOf(values: WizardValues, configs: PhaseConfigs): Inputs['campaigns']['create'] {
  const phases: Partial<Record<PhaseName, Record<string, unknown>>> = {};
  if (values.mode === 'full_sequence') {
    for (const phase of configurablePhases(values)) {
      phases[phase] = { ...(configs[phase] ?? defaultPhaseConfig(phase)) };
    }
  }
  return {
    campaignName: values.campaignName.trim(),
    description: values.description.trim(),
    campaignType: values.campaignType,
    mode: values.mode,
    input: inputOf(values),
    phases,
  };
}
