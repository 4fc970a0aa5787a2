import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { CallContext } from '../context.ts';
import { appRouter } from './router.ts';

export const TRPC_PATH = '/trpc';

/** Answers one request under /trpc. */
export function serveTrpc(request: Request, call: CallContext): Promise<Response> {
  return fetchRequestHandler({
    endpoint: TRPC_PATH,
    req: request,
    router: appRouter,
    createContext: () => call,
    maxBatchSize: 32,
    onError: ({ error, path }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR' && error.cause?.name !== 'DomainFlowError') {
        const { requestId } = call.request;
        call.deps.services.log.error({ err: error.cause ?? error, path, requestId }, 'unexpected failure');
      }
    },
  });
}
