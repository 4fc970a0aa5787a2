import { credentials, users } from '@domainflow/db/schema/account.ts';
import { userIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { revokeSessions } from '../accounts/sessions.ts';
import { forgetFailures } from '../accounts/sign-in-limits.ts';
import { mutation } from '../operation/operation.ts';
import { writtenRow } from '../rows/written-row.ts';
import { lockUser } from './lock-user.ts';
import { type OneTimePassword, prepareOneTimePassword } from './one-time-password.ts';
import { handOverSchema, userViewOf } from './views.ts';

export const resetPassword = mutation({
  name: 'users.resetPassword',
  summary: 'Give a user a new one-time password; their sessions end, and a lock on their account is lifted',
  rest: { method: 'POST', path: '/users/{id}/reset-password' },
  access: 'admin',
  input: z.object({ id: userIdSchema }),
  output: handOverSchema,
  answerIsSecret: true,
  audit: ({ id }) => ({ entity: 'user', entityId: id }),

  prepare: prepareOneTimePassword,

  async run({ tx }, { id }, { oneTimePassword, passwordHash }: OneTimePassword) {
    const user = await lockUser(tx, id);
    await tx
      .insert(credentials)
      .values({ userId: id, passwordHash })
      .onConflictDoUpdate({
        target: credentials.userId,
        set: { passwordHash, changedAt: sql`now()` },
      });
    const updated = await tx
      .update(users)
      .set({ mustChangePassword: true, updatedAt: sql`now()` })
      .where(eq(users.id, id))
      .returning();
    await revokeSessions(tx, id);
    await forgetFailures(tx, user.username);
    return { user: userViewOf(writtenRow(updated)), oneTimePassword };
  },
});
