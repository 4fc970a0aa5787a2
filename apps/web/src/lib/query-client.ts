import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { toAppError } from './app-error.ts';
import type { SessionProblem } from './session-problems.ts';

/** Makes the cache of the API's answers. `onSessionProblem` is told when the session does not allow the call. */
export function createQueryClient(onSessionProblem: (problem: SessionProblem) => void): QueryClient {
  const onError = (error: unknown): void => {
    const { code } = toAppError(error);
    if (code === 'UNAUTHENTICATED' || code === 'PASSWORD_CHANGE_REQUIRED') onSessionProblem(code);
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Events keep what is shown fresh; the rest is refetched when a page is opened again.
        staleTime: 15_000,
        retry: (failures, error) => {
          const { code } = toAppError(error);
          return (code === 'NETWORK' || code === 'UNAVAILABLE') && failures < 3;
        },
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 5_000),
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
