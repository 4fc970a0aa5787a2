import { MAX_LIST_DOMAINS } from '@domainflow/domain/campaign/input.ts';
import { CAMPAIGN_MODES } from '@domainflow/domain/campaign/states.ts';
import { CAMPAIGN_TYPES, INPUT_SOURCES, phasesOf } from '@domainflow/domain/campaign/types.ts';
import { type AffixPattern, MAX_TARGET_DOMAINS } from '@domainflow/domain/generation/pattern.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { z } from 'zod';
import type { Inputs } from '../../lib/contract.ts';
import { defaultPhaseConfig, type PhaseConfig } from '../phases/phase-config.ts';
import { namesOf } from '../refusals/refusals.ts';

const length = z.int('A whole number').min(0, 'Not below 0').max(63, 'At most 63');

export const wizardSchema = z.object({
  campaignName: z.string().trim().min(1, 'A name is needed').max(200),
  description: z.string().max(5_000),
  campaignType: z.enum(CAMPAIGN_TYPES),
  mode: z.enum(CAMPAIGN_MODES),
  source: z.enum(INPUT_SOURCES),
  pattern: z.object({
    pattern: z.enum(['prefix', 'suffix', 'both']),
    constantPart: z.string().max(63, 'At most 63 characters'),
    prefixVariableLength: length,
    suffixVariableLength: length,
    charSet: z.string().max(256),
    tlds: z.array(z.string()),
    /** Empty: all that the space has. */
    target: z
      .string()
      .regex(/^[0-9]*$/, 'A whole number')
      .refine((digits) => digits === '' || (Number(digits) >= 1 && Number(digits) <= MAX_TARGET_DOMAINS), {
        message: `From 1 to ${MAX_TARGET_DOMAINS.toLocaleString('en-US')}`,
      }),
  }),
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
  pattern: {
    pattern: 'suffix',
    constantPart: '',
    prefixVariableLength: 2,
    suffixVariableLength: 3,
    charSet: 'abcdefghijklmnopqrstuvwxyz',
    tlds: ['com'],
    target: '5000',
  },
  list: '',
  inputCampaignIds: [],
};

/** The pattern that the form describes. Lengths that do not belong to its kind are left out. */
export function patternOf({ pattern: fields }: Pick<WizardValues, 'pattern'>): AffixPattern {
  const { pattern, constantPart, prefixVariableLength, suffixVariableLength, charSet, tlds, target } = fields;
  return {
    pattern,
    constantPart: constantPart.trim(),
    prefixVariableLength: pattern === 'suffix' ? 0 : prefixVariableLength,
    suffixVariableLength: pattern === 'prefix' ? 0 : suffixVariableLength,
    charSet,
    tlds,
    targetDomainsToGenerate: target === '' ? null : Number(target),
    startOffset: '0',
    resumeFlag: false,
    enforceUniqueness: true,
  };
}

export const tooManyNames = (count: number): string | null =>
  count > MAX_LIST_DOMAINS
    ? `At most ${MAX_LIST_DOMAINS.toLocaleString('en-US')} names here: upload a longer list as a file.`
    : null;

export type PhaseConfigs = Partial<Record<PhaseName, PhaseConfig>>;

/** The phases of the campaign that have settings of their own. */
export const configurablePhases = ({ campaignType, source }: Pick<WizardValues, 'campaignType' | 'source'>) =>
  phasesOf(campaignType, source).filter((phase) => phase !== 'generation');

function inputOf(values: WizardValues): Inputs['campaigns']['create']['input'] {
  switch (values.source) {
    case 'pattern':
      return { source: 'pattern', pattern: patternOf(values) };
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
