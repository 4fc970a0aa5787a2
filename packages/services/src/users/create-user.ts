import { credentials, ROLES, users } from '@domainflow/db/schema/account.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { type OneTimePassword, prepareOneTimePassword } from './one-time-password.ts';
import { handOverSchema, userViewOf } from './views.ts';

const usernameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]$/,
    '3 to 64 letters, digits, dots, hyphens or underscores, a letter or digit at both ends',
  );

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

  prepare: prepareOneTimePassword,

  async run({ tx }, { username, role }, { oneTimePassword, passwordHash }: OneTimePassword) {
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
