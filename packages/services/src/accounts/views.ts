import { ROLES } from '@domainflow/db/schema/account.ts';
import { z } from 'zod';
import type { Actor } from '../operation/operation.ts';

/** The signed-in user, as the client needs to know them. */
export const meSchema = z.object({
  userId: z.string(),
  username: z.string(),
  role: z.enum(ROLES),
  /** Nothing but changing the password is allowed. */
  mustChangePassword: z.boolean(),
});

export const meOf = (actor: Actor): z.input<typeof meSchema> => ({
  userId: actor.userId,
  username: actor.username,
  role: actor.role,
  mustChangePassword: actor.mustChangePassword,
});
