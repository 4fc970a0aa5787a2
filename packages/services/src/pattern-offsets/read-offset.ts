import type { Database, Transaction } from '@domainflow/db/client.ts';
import { patternOffsets } from '@domainflow/db/schema/pattern-offset.ts';
import { eq } from 'drizzle-orm';
import type { PatternSpace } from './pattern-space.ts';

/** The next free offset of a pattern; 0 for one that nobody has used. */
export async function readNextOffset(db: Database | Transaction, patternHash: string): Promise<bigint> {
  const [row] = await db
    .select({ nextOffset: patternOffsets.nextOffset })
    .from(patternOffsets)
    .where(eq(patternOffsets.patternHash, patternHash));
  return BigInt(row?.nextOffset ?? 0);
}

/** Makes sure that the pattern has a row; nothing of its space is taken. */
export async function ensureOffset(
  tx: Transaction,
  { patternHash, excerpt, space }: PatternSpace,
): Promise<void> {
  await tx
    .insert(patternOffsets)
    .values({ patternHash, excerpt, size: String(space.size) })
    .onConflictDoNothing({ target: patternOffsets.patternHash });
}

/** Locks the pattern's row, which must be there: until the transaction ends nobody else moves its offset. */
export async function lockOffset(
  tx: Transaction,
  patternHash: string,
): Promise<{ readonly size: bigint; readonly nextOffset: bigint }> {
  // Not FOR UPDATE, which would also hold up whoever creates a campaign with the pattern (its foreign key).
  const [row] = await tx
    .select({ size: patternOffsets.size, nextOffset: patternOffsets.nextOffset })
    .from(patternOffsets)
    .where(eq(patternOffsets.patternHash, patternHash))
    .for('no key update');
  if (row === undefined) throw new Error(`Pattern ${patternHash} has no offset`);
  return { size: BigInt(row.size), nextOffset: BigInt(row.nextOffset) };
}
