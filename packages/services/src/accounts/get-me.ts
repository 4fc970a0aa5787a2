import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { meOf, meSchema } from './views.ts';

export const getMe = query({
  name: 'auth.me',
  summary: 'Who is signed in',
  rest: { method: 'GET', path: '/me' },
  access: 'session',
  input: z.object({}),
  output: meSchema,
  run: async (ctx) => meOf(ctx.actor),
});
