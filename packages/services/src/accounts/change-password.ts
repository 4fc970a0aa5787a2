import { credentials, users } from '@domainflow/db/schema/account.ts';
import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { newPasswordSchema, refuseKnownPassword, typedPasswordSchema } from './password.ts';
import { openSession, revokeSessions } from './sessions.ts';
import { beginSignIn, type SignInAttempt, settleSignIn } from './sign-in-limits.ts';
import { meOf, meSchema } from './views.ts';

interface Verified {
  readonly attempt: SignInAttempt;
  readonly currentHash: string;
  readonly newHash: string;
}

export const changePassword = mutation({
  name: 'auth.changePassword',
  summary: 'Change the own password; every other session of the user ends',
  rest: { method: 'POST', path: '/change-password' },
  access: 'session',
  input: z.object({ currentPassword: typedPasswordSchema, newPassword: newPasswordSchema }),
  output: z.object({ user: meSchema }),
  audit: (_input, output) => ({ entity: 'user', entityId: output.user.userId }),

  async prepare(ctx, { currentPassword, newPassword }): Promise<Verified> {
    const { db, actor, accounts, request } = ctx;
    refuseKnownPassword(newPassword, { username: actor.username, currentPassword }, 'newPassword');
    // A stolen session must not be good for guessing the password.
    const attempt = await beginSignIn(db, actor.username, request.ipAddress);
    const [credential] = await db.select().from(credentials).where(eq(credentials.userId, actor.userId));
    const currentHash = credential?.passwordHash ?? (await accounts.decoyHash);
    if (!(await accounts.hasher.verify(currentPassword, currentHash))) {
      throw invalidInput('The current password is wrong.', 'currentPassword');
    }
    return { attempt, currentHash, newHash: await accounts.hasher.hash(newPassword) };
  },

  async run(ctx, _input, { attempt, currentHash, newHash }: Verified) {
    const { tx, actor } = ctx;
    const [credential] = await tx
      .select()
      .from(credentials)
      .where(eq(credentials.userId, actor.userId))
      .for('update');
    if (credential?.passwordHash !== currentHash) {
      throw new DomainFlowError('CONFLICT', 'The password has just been changed elsewhere. Sign in again.');
    }
    await tx
      .update(credentials)
      .set({ passwordHash: newHash, changedAt: sql`now()` })
      .where(eq(credentials.userId, actor.userId));
    await tx
      .update(users)
      .set({ mustChangePassword: false, updatedAt: sql`now()` })
      .where(eq(users.id, actor.userId));
    await settleSignIn(tx, attempt);
    await revokeSessions(tx, actor.userId);
    await openSession(tx, ctx, actor.userId);
    return { user: { ...meOf(actor), mustChangePassword: false } };
  },
});
