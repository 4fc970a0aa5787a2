import { PHASE_STATUSES } from '@domainflow/domain/campaign/states.ts';
import { PHASE_NAMES, type PhasePlan } from '@domainflow/domain/phases/phase.ts';
import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { campaigns } from './campaign.ts';
import { instant } from './columns.ts';

export const phaseStatus = pgEnum('phase_status', PHASE_STATUSES);

/** One row per campaign and phase: its configuration and where it stands. */
export const phaseRuns = pgTable(
  'phase_runs',
  {
    campaignId: uuid('campaign_id')
      .notNull()
      .references(() => campaigns.id, { onDelete: 'cascade' }),
    phase: text('phase', { enum: PHASE_NAMES }).notNull(),
    position: smallint('position').notNull(),
    status: phaseStatus('status').notNull().default('pending'),
    /** 1 for the first run, one more with each retry. */
    run: integer('run').notNull().default(0),
    config: jsonb('config').$type<Record<string, unknown>>(),
    /** What the workers run with: resolved when the phase started, unchanged until it ends. */
    plan: jsonb('plan').$type<PhasePlan<unknown>>(),
    /** Verdicts that a retry run works on again; null in a first run, which takes what has no result yet. */
    retryVerdicts: text('retry_verdicts').array(),
    /** Domains that the phase is to work on, over all its runs. */
    total: bigint('total', { mode: 'number' }).notNull().default(0),
    /** The run waits, for quiet hours to end: since when, until when, and how long all such waits before took. */
    waitingSince: instant('waiting_since'),
    waitingUntil: instant('waiting_until'),
    waitedMs: bigint('waited_ms', { mode: 'number' }).notNull().default(0),
    startedAt: instant('started_at'),
    completedAt: instant('completed_at'),
    errorDetails: jsonb('error_details').$type<{ code: string; message: string }>(),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.phase] }),
    index('phase_runs_running').on(table.campaignId).where(sql`status = 'running'`),
  ],
);
