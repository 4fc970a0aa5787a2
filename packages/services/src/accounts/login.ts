import { credentials, users } from '@domainflow/db/schema/account.ts';
import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { UserId } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { typedPasswordSchema } from './password.ts';
import { openSession } from './sessions.ts';
import { beginSignIn, type SignInAttempt, settleSignIn } from './sign-in-limits.ts';
import { meOf, meSchema } from './views.ts';

/** The same words for an unknown name, a wrong password and a disabled account. */
const wrong = () => new DomainFlowError('UNAUTHENTICATED', 'The username or the password is wrong.');

interface Verified {
  readonly attempt: SignInAttempt;
  readonly userId: string;
  readonly passwordHash: string;
}

export const login = mutation({
  name: 'auth.login',
  summary: 'Sign in with username and password; the answer sets the session cookie',
  rest: { method: 'POST', path: '/auth/login' },
  access: 'public',
  input: z.object({
    username: z.string().trim().min(1).max(64).toLowerCase(),
    password: typedPasswordSchema,
  }),
  output: z.object({ user: meSchema }),
  audit: (_input, output) => ({
    entity: 'user',
    entityId: output.user.userId,
    details: { outcome: 'signed in' },
  }),

  async prepare(ctx, { username, password }): Promise<Verified> {
    const { db, request, accounts } = ctx;
    const attempt = await beginSignIn(db, username, request.ipAddress).catch((error: unknown) => {
      const details = error instanceof DomainFlowError ? error.details : null;
      if (typeof details === 'object' && details !== null && 'retryAfterSeconds' in details) {
        request.responseHeaders.set('retry-after', String(details.retryAfterSeconds));
      }
      throw error;
    });
    const [user] = await db
      .select({ userId: users.id, disabledAt: users.disabledAt, passwordHash: credentials.passwordHash })
      .from(users)
      .innerJoin(credentials, eq(credentials.userId, users.id))
      .where(eq(users.username, username));
    // Unknown users are hashed for too: the answer takes as long.
    const isRight = await accounts.hasher.verify(password, user?.passwordHash ?? (await accounts.decoyHash));
    if (user !== undefined && isRight && user.disabledAt === null) {
      return { attempt, userId: user.userId, passwordHash: user.passwordHash };
    }
    await db.insert(auditLogs).values({
      action: 'auth.login',
      entity: 'user',
      entityId: user?.userId ?? null,
      ipAddress: request.ipAddress,
      details: { outcome: 'refused' },
    });
    throw wrong();
  },

  async run(ctx, _input, { attempt, userId, passwordHash }: Verified) {
    const { tx } = ctx;
    // The account may have been disabled, or its password changed, while the old one was being verified.
    const [user] = await tx.select().from(users).where(eq(users.id, userId)).for('no key update');
    const [credential] = await tx.select().from(credentials).where(eq(credentials.userId, userId));
    if (user === undefined || user.disabledAt !== null || credential?.passwordHash !== passwordHash)
      throw wrong();
    await openSession(tx, ctx, userId);
    await settleSignIn(tx, attempt);
    await tx.update(users).set({ lastSignInAt: sql`now()` }).where(eq(users.id, userId));
    return { user: meOf({ ...user, userId: user.id as UserId }) };
  },
});
