import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../lib/trpc.ts';

/** Ids of the platform's own keyword sets. */
export function useStarterSets(): readonly string[] {
  const sets = useQuery(trpc.keywordSets.list.queryOptions({ limit: 200 }));
  return (sets.data?.items ?? []).filter((set) => set.createdBy === null).map((set) => set.keywordSetId);
}
