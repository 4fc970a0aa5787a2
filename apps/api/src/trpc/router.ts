import { catalogueProcedures } from './catalogue-procedures.ts';
import { eventProcedures } from './event-procedures.ts';
import { t } from './init.ts';

export const appRouter = t.router({ ...catalogueProcedures(), events: eventProcedures });

/** What a client needs to know: `createTRPCClient<AppRouter>()`. */
export type AppRouter = typeof appRouter;
