import type { Transaction } from '@domainflow/db/client.ts';
import { proxyPools } from '@domainflow/db/schema/proxy.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { eq } from 'drizzle-orm';
import { requireEditor } from '../edit-rules.ts';
import type { Actor } from '../operation.ts';

/** The pool, locked, where the actor may change it. */
export async function lockPool(
  tx: Transaction,
  actor: Actor,
  id: string,
): Promise<typeof proxyPools.$inferSelect> {
  const [row] = await tx.select().from(proxyPools).where(eq(proxyPools.id, id)).for('update');
  if (row === undefined) throw notFound('proxy pool', id);
  requireEditor(actor, row.createdBy, 'proxy pool');
  return row;
}
