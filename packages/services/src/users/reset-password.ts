import { credentials, users } from '@domainflow/db/schema/account.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { userIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { newOneTimePassword } from '../accounts/password.ts';
import { revokeSessions } from '../accounts/sessions.ts';
import { forgetFailures } from '../accounts/sign-in-limits.ts';
import { mutation } from '../operation.ts';
import { lockUser } from './lock-user.ts';
import { handOverSchema, userViewOf } from './views.ts';

interface Prepared {
  readonly oneTimePassword: string;
  readonly passwordHash: string;
}

export const resetPassword = mutation({
  name: 'users.resetPassword',
  summary: 'Give a user a new one-time password; their sessions end, and a lock on their account is lifted',
  rest: { method: 'POST', path: '/users/{id}/reset-password' },
  access: 'admin',
  input: z.object({ id: userIdSchema }),
  output: handOverSchema,
  answerIsSecret: true,
  audit: ({ id }) => ({ entity: 'user', entityId: id }),

  async prepare(ctx): Promise<Prepared> {
    const oneTimePassword = newOneTimePassword();
    return { oneTimePassword, passwordHash: await ctx.accounts.hasher.hash(oneTimePassword) };
  },

  async run({ tx }, { id }, { oneTimePassword, passwordHash }: Prepared) {
    const user = await lockUser(tx, id);
    await tx
      .insert(credentials)
      .values({ userId: id, passwordHash })
      .onConflictDoUpdate({
        target: credentials.userId,
        set: { passwordHash, changedAt: sql`now()` },
      });
    const [after] = await tx
      .update(users)
      .set({ mustChangePassword: true, updatedAt: sql`now()` })
      .where(eq(users.id, id))
      .returning();
    if (after === undefined) throw notFound('user', id);
    await revokeSessions(tx, id);
    await forgetFailures(tx, user.username);
    return { user: userViewOf(after), oneTimePassword };
  },
});
