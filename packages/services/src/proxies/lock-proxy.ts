import type { Transaction } from '@domainflow/db/client.ts';
import { proxies } from '@domainflow/db/schema/proxy.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { eq } from 'drizzle-orm';
import { requireEditor } from '../edit-rules.ts';
import type { Actor } from '../operation.ts';

/** The proxy, locked, where the actor may change it. */
export async function lockProxy(
  tx: Transaction,
  actor: Actor,
  id: string,
): Promise<typeof proxies.$inferSelect> {
  const [row] = await tx.select().from(proxies).where(eq(proxies.id, id)).for('update');
  if (row === undefined) throw notFound('proxy', id);
  requireEditor(actor, row.createdBy, 'proxy');
  return row;
}
