import type { Transaction } from '@domainflow/db/client.ts';
import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { eq } from 'drizzle-orm';
import { requireEditor } from '../edit-rules.ts';
import type { Actor } from '../operation.ts';

/** The set, locked, where the actor may change it. */
export async function lockKeywordSet(
  tx: Transaction,
  actor: Actor,
  id: string,
): Promise<typeof keywordSets.$inferSelect> {
  const [row] = await tx.select().from(keywordSets).where(eq(keywordSets.id, id)).for('update');
  if (row === undefined) throw notFound('keyword set', id);
  requireEditor(actor, row.createdBy, 'keyword set');
  return row;
}
