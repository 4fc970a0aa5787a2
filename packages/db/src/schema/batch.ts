import { PHASE_NAMES } from '@domainflow/domain/phases/phase.ts';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

export const BATCH_STATUSES = ['pending', 'leased', 'done', 'split'] as const;

/**
 * The batch ledger: the truth of progress. A row is a range of ordinals; who holds its current `token` may commit
 * results for it, nobody else (packages/services/src/batch/SPEC.md).
 */
export const batches = pgTable(
  'batches',
  {
    campaignId: uuid('campaign_id').notNull(),
    phase: text('phase', { enum: PHASE_NAMES }).notNull(),
    batchNo: integer('batch_no').notNull(),
    run: integer('run').notNull(),
    lo: bigint('lo', { mode: 'number' }).notNull(),
    hi: bigint('hi', { mode: 'number' }).notNull(),
    /** Domains to work on in [lo, hi), counted when the batch was planned. */
    items: integer('items').notNull(),
    status: text('status', { enum: BATCH_STATUSES }).notNull().default('pending'),
    /** Fencing token: raised by each claim. */
    token: bigint('token', { mode: 'number' }).notNull().default(0),
    attempts: integer('attempts').notNull().default(0),
    /** Claims that ended without a word from the worker. */
    crashes: integer('crashes').notNull().default(0),
    leasedBy: uuid('leased_by'),
    leaseUntil: instant('lease_until'),
    processed: integer('processed').notNull().default(0),
    /** Change of the number of results by verdict that this batch made; a retry's can be negative. */
    counts: jsonb('counts').$type<Record<string, number>>().notNull().default(sql`'{}'::jsonb`),
    /** Additive figures that the phase reports of its work (`PhaseChunk.metrics`). */
    metrics: jsonb('metrics').$type<Record<string, number>>().notNull().default(sql`'{}'::jsonb`),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.phase, table.batchNo] }),
    index('batches_open').on(table.campaignId, table.phase).where(sql`status IN ('pending', 'leased')`),
    index('batches_leased').on(table.leaseUntil).where(sql`status = 'leased'`),
  ],
);
