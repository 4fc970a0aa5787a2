import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../lib/trpc.ts';
import { defaultPhaseConfig } from '../phases/phase-config.ts';
import type { PhaseConfigs } from './wizard-values.ts';

/** What was chosen for the phases; analysis begins with the platform's own keyword sets. */
export function useStartingConfigs(chosen: PhaseConfigs): PhaseConfigs {
  const sets = useQuery(trpc.keywordSets.list.queryOptions({ limit: 200 }));
  if (chosen.analysis !== undefined) return chosen;
  const ours = sets.data?.items.filter((set) => set.createdBy === null) ?? [];
  const keywordSetIds = ours.map((set) => set.keywordSetId);
  return { ...chosen, analysis: { ...defaultPhaseConfig('analysis'), keywordSetIds } };
}
