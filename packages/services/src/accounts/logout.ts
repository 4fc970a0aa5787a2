import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { closeSession } from './sessions.ts';

export const logout = mutation({
  name: 'auth.logout',
  summary: 'End this session',
  rest: { method: 'POST', path: '/auth/logout' },
  access: 'session',
  input: z.object({}),
  output: z.object({ signedOut: z.literal(true), userId: z.string() }),
  audit: (_input, output) => ({ entity: 'user', entityId: output.userId }),
  async run(ctx) {
    await closeSession(ctx.tx, ctx);
    return { signedOut: true as const, userId: ctx.actor.userId };
  },
});
