import { PHASE_NAMES } from '@domainflow/domain/phases/phase.ts';
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** One row per campaign, phase and domain that has an answer. Partitioned by hash of `campaign_id` (migration 0000). */
export const results = pgTable(
  'results',
  {
    campaignId: uuid('campaign_id').notNull(),
    phase: text('phase', { enum: PHASE_NAMES }).notNull(),
    ordinal: bigint('ordinal', { mode: 'number' }).notNull(),
    run: integer('run').notNull(),
    /** `OK`, or the reason: a verdict of the phase. */
    verdict: text('verdict').notNull(),
    /** HTTP status code or score; what it is depends on the phase. */
    code: integer('code'),
    /** Whether the registrable domain can be registered; null where that is not known (DNS). */
    isAvailable: boolean('is_available'),
    checkedAt: instant('checked_at').notNull().default(sql`now()`),
    evidence: jsonb('evidence').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.phase, table.ordinal] }),
    index('results_verdict').on(table.campaignId, table.phase, table.verdict, table.ordinal),
  ],
);
