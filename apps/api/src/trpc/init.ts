import { initTRPC } from '@trpc/server';
import superjson from 'superjson';
import type { CallContext } from '../context.ts';
import { errorShape } from './error-shape.ts';

/** Shorter than what proxies and `httpSubscriptionLink` allow a silent connection. */
export const PING_INTERVAL_MS = 3_000;

export const t = initTRPC.context<CallContext>().create({
  transformer: superjson,
  errorFormatter: errorShape,
  isDev: false,
  sse: {
    ping: { enabled: true, intervalMs: PING_INTERVAL_MS },
    client: { reconnectAfterInactivityMs: 10_000 },
  },
});
