import type { Transaction } from '@domainflow/db/client.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { patternOffsets, patternReservations } from '@domainflow/db/schema/pattern-offset.ts';
import { campaignWordLists, wordLists } from '@domainflow/db/schema/word-list.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { type Pattern, wordListIdsOf } from '@domainflow/domain/generation/pattern.ts';
import { eq, inArray, sql } from 'drizzle-orm';
import type { CampaignRow } from '../campaigns/lifecycle/lock-campaign.ts';
import { WordListCache } from '../word-lists/word-list-cache.ts';
import { atField, openSpace, type PatternSpace } from './pattern-space.ts';
import { ensureOffset, lockOffset } from './read-offset.ts';
import { type OffsetRange, takeRange } from './take-range.ts';

/** Says which space a new campaign generates from, and holds its word lists. Nothing of the space is taken. */
export async function registerSpace(
  tx: Transaction,
  campaignId: string,
  opened: PatternSpace,
): Promise<void> {
  const ids = wordListIdsOf(opened.pattern);
  if (ids.length > 0) {
    // Whoever deletes a list locks its row: of the two the later one sees what the other did.
    const held = await tx
      .select({ id: wordLists.id })
      .from(wordLists)
      .where(inArray(wordLists.id, ids))
      .for('key share');
    const missing = ids.find((id) => !held.some((row) => row.id === id));
    if (missing !== undefined) throw invalidInput(`No word list with id ${missing}.`, 'input.pattern.lists');
    await tx.insert(campaignWordLists).values(ids.map((wordListId) => ({ campaignId, wordListId })));
  }
  await ensureOffset(tx, opened);
  await tx.insert(patternReservations).values({ campaignId, patternHash: opened.patternHash });
}

/**
 * The part of its pattern's space that a campaign generates: what it was given when it first started, or now taken from
 * the space, in one step for all who start at the same time. The pattern's next offset moves past it and never back. The
 * caller holds the campaign's row. `INVALID_INPUT` where nothing is left.
 */
export async function reserveRange(
  tx: Transaction,
  campaign: CampaignRow,
  pattern: Pattern,
): Promise<OffsetRange> {
  const mine = eq(patternReservations.campaignId, campaign.id);
  const read = () => tx.select().from(patternReservations).where(mine);
  let [row] = await read();
  if (row === undefined) {
    // Made before spaces were registered.
    await registerSpace(tx, campaign.id, await openSpace(new WordListCache(tx), pattern, 'input.pattern'));
    [row] = await read();
  }
  if (row === undefined) throw new Error(`Campaign ${campaign.id} has no space`);
  if (row.startOffset !== null && row.count !== null) {
    return { start: BigInt(row.startOffset), count: row.count };
  }
  const { size, nextOffset } = await lockOffset(tx, row.patternHash);
  const range = await atField('input.pattern', () => takeRange(pattern, size, nextOffset));
  const end = range.start + BigInt(range.count);
  await tx
    .update(patternOffsets)
    .set({
      nextOffset: sql`greatest(${patternOffsets.nextOffset}, ${String(end)}::numeric)`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(patternOffsets.patternHash, row.patternHash));
  await tx
    .update(patternReservations)
    .set({ startOffset: String(range.start), count: range.count })
    .where(mine);
  if (range.count !== campaign.initialDomains) {
    await tx.update(campaigns).set({ initialDomains: range.count }).where(eq(campaigns.id, campaign.id));
  }
  return range;
}
