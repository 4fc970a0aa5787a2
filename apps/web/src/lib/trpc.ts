import type { AppRouter } from '@domainflow/api/trpc/router.ts';
import type { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import superjson from 'superjson';
import { createQueryClient } from './query-client.ts';
import { sessionProblems } from './session-problems.ts';

const url = '/trpc';

/** The API, called directly. */
export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url, transformer: superjson }),
      false: httpBatchLink({ url, transformer: superjson, maxItems: 20 }),
    }),
  ],
});

export const queryClient: QueryClient = createQueryClient((problem) => sessionProblems.report(problem));

/** The API as options for `useQuery` and `useMutation`. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client: api, queryClient });
