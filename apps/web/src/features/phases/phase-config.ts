import { analysisConfigSchema } from '@domainflow/domain/phases/analysis/config.ts';
import { dnsConfigSchema } from '@domainflow/domain/phases/dns/config.ts';
import { generationConfigSchema } from '@domainflow/domain/phases/generation/config.ts';
import { httpConfigSchema } from '@domainflow/domain/phases/http/config.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import type { z } from 'zod';
import { toAppError } from '../../lib/app-error.ts';

/** The phases' own schemas. They are imported, not the registry: a phase brings its engine with it. */
export const PHASE_CONFIG_SCHEMAS = {
  generation: generationConfigSchema,
  dns: dnsConfigSchema,
  http: httpConfigSchema,
  analysis: analysisConfigSchema,
} as const satisfies Record<PhaseName, z.ZodObject>;

/**
 * Settings of a phase as pages edit them; the API checks them by the phase's own schema. Whoever changes one field
 * hands on all others, those that the page does not show included.
 */
export type PhaseConfig = Partial<
  z.input<typeof generationConfigSchema> &
    z.input<typeof dnsConfigSchema> &
    z.input<typeof httpConfigSchema> &
    z.input<typeof analysisConfigSchema>
>;

/** What the API said of one field of a phase's settings. */
export interface PhaseConfigError {
  readonly field: keyof PhaseConfig;
  readonly message: string;
}

/** The field of a phase's settings that the API complains about below `at`; null where it is none of them. */
export function configErrorOf(error: unknown, phase: PhaseName, at: string): PhaseConfigError | null {
  const { field, message } = toAppError(error);
  if (field?.startsWith(`${at}.`) !== true) return null;
  const name = field.slice(at.length + 1).split('.')[0];
  const known = Object.keys(PHASE_CONFIG_SCHEMAS[phase].shape).find((each) => each === name);
  return known === undefined ? null : { field: known as keyof PhaseConfig, message };
}

/** What a phase starts with, by its own schema. Generation has no defaults: its pattern is the campaign's. */
export function defaultPhaseConfig(phase: PhaseName): PhaseConfig {
  return PHASE_CONFIG_SCHEMAS[phase].safeParse({}).data ?? {};
}

/** What the API gives of a phase's settings, with all its fields; null is the phase's defaults. */
export function readPhaseConfig(
  phase: PhaseName,
  config: Readonly<Record<string, unknown>> | null,
): PhaseConfig {
  return { ...defaultPhaseConfig(phase), ...config };
}
