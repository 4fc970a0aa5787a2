import type { LeadFindings } from '@domainflow/domain/scoring/lead-findings.ts';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

export const leads = pgTable(
  'leads',
  {
    campaignId: uuid('campaign_id').notNull(),
    ordinal: bigint('ordinal', { mode: 'number' }).notNull(),
    domain: text('domain').notNull(),
    url: text('url').notNull(),
    title: text('title'),
    organisation: text('organisation'),
    score: integer('score').notNull(),
    scoreParts: jsonb('score_parts').$type<LeadFindings['scoreParts']>().notNull(),
    keywordMatches: jsonb('keyword_matches').$type<LeadFindings['keywordMatches']>().notNull(),
    contacts: jsonb('contacts').$type<LeadFindings['contacts']>().notNull(),
    technologies: jsonb('technologies').$type<LeadFindings['technologies']>().notNull(),
    lastProcessedAt: instant('last_processed_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.ordinal] }),
    index('leads_score').on(table.campaignId, table.score, table.ordinal),
  ],
);
