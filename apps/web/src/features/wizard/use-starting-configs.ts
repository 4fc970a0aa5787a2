import { useStarterSets } from '../keyword-sets/use-starter-sets.ts';
import { defaultPhaseConfig } from '../phases/phase-config.ts';
import type { PhaseConfigs } from './wizard-values.ts';

/** What was chosen for the phases; analysis begins with the platform's own keyword sets. */
export function useStartingConfigs(chosen: PhaseConfigs): PhaseConfigs {
  const keywordSetIds = useStarterSets();
  if (chosen.analysis !== undefined) return chosen;
  return { ...chosen, analysis: { ...defaultPhaseConfig('analysis'), keywordSetIds: [...keywordSetIds] } };
}
