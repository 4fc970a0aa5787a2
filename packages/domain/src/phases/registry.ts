import { analysisPhase } from './analysis/phase.ts';
import { dnsPhase } from './dns/phase.ts';
import { generationPhase } from './generation/phase.ts';
import { httpPhase } from './http/phase.ts';
import type { PhaseDefinition, PhaseName } from './phase.ts';

/** Every phase, in the order in which campaigns run them. A new phase is its folder and a line here. */
export const PHASES = {
  generation: generationPhase,
  dns: dnsPhase,
  http: httpPhase,
  analysis: analysisPhase,
} as const satisfies Record<PhaseName, PhaseDefinition<unknown>>;

/** The phase of that name, as the machinery sees it: its own schema makes the configuration that `run` takes. */
export const phaseNamed = (name: PhaseName): PhaseDefinition<unknown> =>
  PHASES[name] as unknown as PhaseDefinition<unknown>;
