import type { Transaction } from '@domainflow/db/client.ts';
import { personas } from '@domainflow/db/schema/persona.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { eq } from 'drizzle-orm';
import { requireEditor } from '../edit-rules.ts';
import type { Actor } from '../operation.ts';

/** The persona, locked, where the actor may change it. Everybody sees personas, so that a refusal may say why. */
export async function lockPersona(
  tx: Transaction,
  actor: Actor,
  id: string,
): Promise<typeof personas.$inferSelect> {
  const [row] = await tx.select().from(personas).where(eq(personas.id, id)).for('update');
  if (row === undefined) throw notFound('persona', id);
  requireEditor(actor, row.createdBy, 'persona');
  return row;
}
