import type { Transaction } from '@domainflow/db/client.ts';
import { users } from '@domainflow/db/schema/account.ts';
import { DomainFlowError, notFound } from '@domainflow/domain/errors.ts';
import { and, eq, isNull } from 'drizzle-orm';

/** The user, locked until the transaction ends; `NOT_FOUND` where there is none. */
export async function lockUser(tx: Transaction, id: string): Promise<typeof users.$inferSelect> {
  const [user] = await tx.select().from(users).where(eq(users.id, id)).for('no key update');
  if (user === undefined) throw notFound('user', id);
  return user;
}

/**
 * Refuses to take the last active administrator away (`userId` is about to stop being one). Locks all of them, always in
 * the same order, so that two administrators who remove each other at once do not both succeed.
 */
export async function keepAnAdmin(tx: Transaction, userId: string): Promise<void> {
  const admins = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.disabledAt)))
    .orderBy(users.id)
    .for('no key update');
  if (admins.every((admin) => admin.id === userId)) {
    throw new DomainFlowError(
      'CONFLICT',
      'This is the last active administrator. Make someone else one first.',
    );
  }
}
