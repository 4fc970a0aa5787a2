import { useQueryClient } from '@tanstack/react-query';
import { trpc } from '../../lib/trpc.ts';

/** What to call when suppressions have changed: their list is fetched again, and leads, which say whether they are suppressed. */
export function useSuppressionsChanged(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.suppressions.pathKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.leads.pathKey() }),
    ]);
  };
}
