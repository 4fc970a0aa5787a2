import type { PhaseName } from '../phases/phase.ts';

export const CAMPAIGN_TYPES = ['generation', 'dns', 'http', 'lead', 'pipeline'] as const;
export type CampaignType = (typeof CAMPAIGN_TYPES)[number];

export const INPUT_SOURCES = ['pattern', 'list', 'upload', 'campaigns'] as const;
export type InputSource = (typeof INPUT_SOURCES)[number];

interface CampaignPreset {
  readonly label: string;
  readonly sources: readonly InputSource[];
  /** In order; `generation` runs only where the input is a pattern. */
  readonly phases: readonly PhaseName[];
}

/** A type is a preset over the same machinery: its inputs and its phases, nothing else. */
export const CAMPAIGN_PRESETS: Readonly<Record<CampaignType, CampaignPreset>> = {
  generation: { label: 'Domain Generation', sources: ['pattern'], phases: ['generation'] },
  dns: { label: 'DNS Validation', sources: ['upload', 'list', 'campaigns'], phases: ['dns'] },
  http: { label: 'HTTP Validation', sources: ['upload', 'list', 'campaigns'], phases: ['http'] },
  lead: {
    label: 'Lead Generation',
    sources: ['campaigns', 'upload', 'list'],
    phases: ['http', 'analysis'],
  },
  pipeline: {
    label: 'Domain Intelligence',
    sources: INPUT_SOURCES,
    phases: ['generation', 'dns', 'http', 'analysis'],
  },
};

/** The phases that a campaign of this type has with this input, in order. */
export function phasesOf(type: CampaignType, source: InputSource): readonly PhaseName[] {
  return CAMPAIGN_PRESETS[type].phases.filter((phase) => phase !== 'generation' || source === 'pattern');
}
