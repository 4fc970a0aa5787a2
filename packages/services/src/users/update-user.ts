import { ROLES, users } from '@domainflow/db/schema/account.ts';
import { userIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { revokeSessions } from '../accounts/sessions.ts';
import { mutation } from '../operation/operation.ts';
import { writtenRow } from '../rows/written-row.ts';
import { keepAnAdmin, lockUser } from './lock-user.ts';
import { userViewOf, userViewSchema } from './views.ts';

export const updateUser = mutation({
  name: 'users.update',
  summary: 'Change the role of a user, disable or enable them; disabling ends their sessions at once',
  rest: { method: 'PUT', path: '/users/{id}' },
  access: 'admin',
  input: z.object({
    id: userIdSchema,
    role: z.enum(ROLES).optional(),
    disabled: z.boolean().optional(),
  }),
  output: userViewSchema,
  audit: ({ id, role, disabled }) => ({ entity: 'user', entityId: id, details: { role, disabled } }),

  async run({ tx }, { id, role, disabled }) {
    const losesAdmin = role === 'member' || disabled === true;
    // Before the user's own row is locked: everybody takes these locks in the same order.
    if (losesAdmin) await keepAnAdmin(tx, id);
    const before = await lockUser(tx, id);
    const updated = await tx
      .update(users)
      .set({
        role: role ?? before.role,
        disabledAt:
          disabled === undefined ? before.disabledAt : disabled ? (before.disabledAt ?? sql`now()`) : null,
        updatedAt: sql`now()`,
      })
      .where(eq(users.id, id))
      .returning();
    if (disabled === true) await revokeSessions(tx, id);
    return userViewOf(writtenRow(updated));
  },
});
