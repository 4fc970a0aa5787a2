import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../lib/trpc.ts';

/** Categories of the first thousand technologies, by name: our own ones, and of large imports most. */
export function useCategories(): readonly string[] {
  const all = useQuery(trpc.technologies.list.queryOptions({ limit: 1_000 }, { staleTime: 60_000 }));
  const names = new Set(all.data?.items.flatMap(({ categories }) => categories));
  return [...names].sort((one, other) => one.localeCompare(other));
}
