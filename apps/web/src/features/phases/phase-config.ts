import type { PhaseName } from '@domainflow/domain/phases/phase.ts';

/** Settings of a phase as pages edit them; the API checks them by the phase's own schema. */
export interface PhaseConfig {
  readonly personaId?: string | null;
  readonly keywordSetIds?: string[];
  readonly minScore?: number;
}

/** What a phase starts with. */
export function defaultPhaseConfig(phase: PhaseName): PhaseConfig {
  switch (phase) {
    case 'generation':
      return {};
    case 'dns':
    case 'http':
      return { personaId: null };
    case 'analysis':
      return { keywordSetIds: [], minScore: 20 };
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Reads what the API gives of a phase's settings; null is the phase's defaults. */
export function readPhaseConfig(
  phase: PhaseName,
  config: Readonly<Record<string, unknown>> | null,
): PhaseConfig {
  const fallback = defaultPhaseConfig(phase);
  if (config === null) return fallback;
  switch (phase) {
    case 'generation':
      return {};
    case 'dns':
    case 'http':
      return { personaId: isText(config.personaId) ? config.personaId : null };
    case 'analysis':
      return {
        keywordSetIds: Array.isArray(config.keywordSetIds) ? config.keywordSetIds.filter(isText) : [],
        minScore: typeof config.minScore === 'number' ? config.minScore : 20,
      };
  }
}
