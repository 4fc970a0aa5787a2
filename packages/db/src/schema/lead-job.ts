import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './account.ts';
import { createdAt, instant, uuidv7Key } from './columns.ts';

export const LEAD_JOB_KINDS = ['rescore', 'group'] as const;
export const LEAD_JOB_STATUSES = ['running', 'paused', 'completed', 'cancelled', 'failed'] as const;

/** Work over many stored leads, done by workers a piece at a time: each piece commits with its cursor. */
export const leadJobs = pgTable(
  'lead_jobs',
  {
    id: uuidv7Key(),
    kind: text('kind', { enum: LEAD_JOB_KINDS }).notNull(),
    status: text('status', { enum: LEAD_JOB_STATUSES }).notNull().default('running'),
    /** Null: all campaigns of the owner. */
    campaignId: uuid('campaign_id'),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    scoreProfileId: uuid('score_profile_id'),
    scoreProfileVersion: integer('score_profile_version'),
    /** The last lead that was done, [campaign, ordinal]; null before the first. */
    cursor: jsonb('cursor').$type<[string, number]>(),
    total: bigint('total', { mode: 'number' }).notNull().default(0),
    done: bigint('done', { mode: 'number' }).notNull().default(0),
    changed: bigint('changed', { mode: 'number' }).notNull().default(0),
    report: jsonb('report').$type<Record<string, unknown>>(),
    error: text('error'),
    /** Tries since it last came on; after a few it fails. */
    attempts: integer('attempts').notNull().default(0),
    createdAt: createdAt(),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    index('lead_jobs_running').on(table.id).where(sql`status = 'running'`),
    index('lead_jobs_owner').on(table.ownerId, table.id),
  ],
);
