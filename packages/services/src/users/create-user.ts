import { credentials, ROLES, users } from '@domainflow/db/schema/account.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { z } from 'zod';
import { newOneTimePassword } from '../accounts/password.ts';
import { mutation } from '../operation.ts';
import { handOverSchema, userViewOf } from './views.ts';

const usernameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]$/,
    '3 to 64 letters, digits, dots, hyphens or underscores, a letter or digit at both ends',
  );

interface Prepared {
  readonly oneTimePassword: string;
  readonly passwordHash: string;
}

export const createUser = mutation({
  name: 'users.create',
  summary: 'Create a user with a one-time password',
  rest: { method: 'POST', path: '/users', status: 201 },
  access: 'admin',
  input: z.object({ username: usernameSchema, role: z.enum(ROLES).default('member') }),
  output: handOverSchema,
  answerIsSecret: true,
  audit: ({ username, role }, output) => ({
    entity: 'user',
    entityId: output.user.userId,
    details: { username, role },
  }),

  async prepare(ctx): Promise<Prepared> {
    const oneTimePassword = newOneTimePassword();
    return { oneTimePassword, passwordHash: await ctx.accounts.hasher.hash(oneTimePassword) };
  },

  async run({ tx }, { username, role }, { oneTimePassword, passwordHash }: Prepared) {
    const [user] = await tx
      .insert(users)
      .values({ username, role, mustChangePassword: true })
      .onConflictDoNothing({ target: users.username })
      .returning();
    if (user === undefined) {
      throw new DomainFlowError('CONFLICT', `There is a user called ${username} already.`, {
        field: 'username',
      });
    }
    await tx.insert(credentials).values({ userId: user.id, passwordHash });
    return { user: userViewOf(user), oneTimePassword };
  },
});
