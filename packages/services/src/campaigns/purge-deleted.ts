import type { Database } from '@domainflow/db/client.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';

/** Rows that one statement removes: short locks, and little to repeat after a crash. */
const ROWS_A_STEP = 20_000;

const DATA_TABLES = [
  'lead_scores',
  'lead_terms',
  'leads',
  'erased_domains',
  'pages',
  'results',
  'domains',
] as const;

/**
 * Removes data of one deleted campaign, once no worker holds a batch of it. Gives whether there is more to do; calling it
 * again goes on where it stopped, whoever calls.
 */
export async function purgeDeleted(db: Database): Promise<boolean> {
  const [campaign] = await db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(
      and(
        isNotNull(campaigns.deletedAt),
        sql`NOT EXISTS (SELECT FROM batches b WHERE b.campaign_id = ${campaigns.id} AND b.status = 'leased')`,
      ),
    )
    .orderBy(asc(campaigns.deletedAt))
    .limit(1);
  if (campaign === undefined) return false;
  for (const table of DATA_TABLES) {
    const removed = await db.execute(sql`
      DELETE FROM ${sql.identifier(table)} WHERE campaign_id = ${campaign.id} AND (tableoid, ctid) IN (
        SELECT tableoid, ctid FROM ${sql.identifier(table)} WHERE campaign_id = ${campaign.id} LIMIT ${ROWS_A_STEP})`);
    if (removed.count > 0) return true;
  }
  await db.transaction(async (tx) => {
    await tx.execute(sql`DELETE FROM batches WHERE campaign_id = ${campaign.id}`);
    // Its events stay for as long as all do: clients that were away learn from them that it was deleted.
    await tx.delete(campaigns).where(eq(campaigns.id, campaign.id));
  });
  return true;
}
