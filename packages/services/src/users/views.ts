import { ROLES, type users } from '@domainflow/db/schema/account.ts';
import { z } from 'zod';

export const userViewSchema = z.object({
  userId: z.string(),
  username: z.string(),
  role: z.enum(ROLES),
  /** Has a one-time password that has not been changed yet. */
  mustChangePassword: z.boolean(),
  disabled: z.boolean(),
  createdAt: z.string(),
  lastSignInAt: z.string().nullable(),
});

/** A user as administrators see them. */
export const userViewOf = (row: typeof users.$inferSelect): z.input<typeof userViewSchema> => ({
  userId: row.id,
  username: row.username,
  role: row.role,
  mustChangePassword: row.mustChangePassword,
  disabled: row.disabledAt !== null,
  createdAt: row.createdAt,
  lastSignInAt: row.lastSignInAt,
});

/** What an administrator hands over: it works until it is changed, which is asked for at the first sign-in. */
export const handOverSchema = z.object({ user: userViewSchema, oneTimePassword: z.string() });
