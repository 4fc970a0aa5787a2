import { useQuery } from '@tanstack/react-query';
import { toAppError } from './app-error.ts';
import type { Me } from './contract.ts';
import { queryClient, trpc } from './trpc.ts';

const meOptions = () => trpc.auth.me.queryOptions({}, { staleTime: 60_000 });

/** Who is signed in; null for nobody. Other failures are thrown. */
export async function loadSession(): Promise<Me | null> {
  try {
    return await queryClient.ensureQueryData(meOptions());
  } catch (error) {
    if (toAppError(error).code === 'UNAUTHENTICATED') return null;
    throw error;
  }
}

/** Takes over who has just signed in, so that the next page need not ask. */
export function rememberSession(me: Me): void {
  queryClient.setQueryData(trpc.auth.me.queryKey({}), me);
}

/** Who is signed in, on pages behind the sign-in. */
export const useMe = (): Me | undefined => useQuery(meOptions()).data;
