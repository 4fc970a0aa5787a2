import type { PhaseName } from '@domainflow/domain/phases/phase.ts';

/** Names of phases where the API does not give them (summaries). */
export const PHASE_LABELS: Readonly<Record<PhaseName, string>> = {
  generation: 'Generation',
  dns: 'DNS validation',
  http: 'HTTP validation',
  analysis: 'Analysis',
};
