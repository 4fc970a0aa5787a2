import { catalogueProcedures } from './catalogue-procedures.ts';
import { t } from './init.ts';

export const appRouter = t.router({ ...catalogueProcedures() });

/** What a client needs to know: `createTRPCClient<AppRouter>()`. */
export type AppRouter = typeof appRouter;
