import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';

/** The names of a campaign. Partitioned by hash of `campaign_id` (migration 0000). */
export const domains = pgTable(
  'domains',
  {
    campaignId: uuid('campaign_id').notNull(),
    ordinal: bigint('ordinal', { mode: 'number' }).notNull(),
    name: text('name').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.ordinal] }),
    unique('domains_campaign_name').on(table.campaignId, table.name),
    // Parts of names in Unicode are searched in what migration 0016 makes of them; other names are not in it.
    index('domains_spelled')
      .using('gin', sql`spelled_name(name) gin_trgm_ops`)
      .where(sql`name LIKE '%xn--%'`),
  ],
);
