import type { PageFeatures } from '@domainflow/domain/content/page-features.ts';
import { sql } from 'drizzle-orm';
import { bigint, jsonb, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** What is kept of the page of a domain, so that analysis never fetches again. Partitioned like `results`. */
export const pages = pgTable(
  'pages',
  {
    campaignId: uuid('campaign_id').notNull(),
    ordinal: bigint('ordinal', { mode: 'number' }).notNull(),
    fetchedAt: instant('fetched_at').notNull().default(sql`now()`),
    features: jsonb('features').$type<PageFeatures>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.ordinal] })],
);
