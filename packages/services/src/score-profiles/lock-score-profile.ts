import type { Transaction } from '@domainflow/db/client.ts';
import { scoreProfiles } from '@domainflow/db/schema/score-profile.ts';
import { DomainFlowError, notFound } from '@domainflow/domain/errors.ts';
import { eq } from 'drizzle-orm';
import { requireEditor } from '../edit-rules.ts';
import type { Actor } from '../operation.ts';

/** The profile, locked, where the actor may change it. */
export async function lockScoreProfile(
  tx: Transaction,
  actor: Actor,
  id: string,
): Promise<typeof scoreProfiles.$inferSelect> {
  const [row] = await tx.select().from(scoreProfiles).where(eq(scoreProfiles.id, id)).for('update');
  if (row === undefined) throw notFound('score profile', id);
  requireEditor(actor, row.createdBy, 'score profile');
  return row;
}

export const nameTaken = (name: string): DomainFlowError =>
  new DomainFlowError('CONFLICT', `There is a score profile called ${JSON.stringify(name)} already.`, {
    field: 'name',
  });
