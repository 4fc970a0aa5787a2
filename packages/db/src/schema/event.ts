import type { EventType } from '@domainflow/domain/events/event.ts';
import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** The last number given out in each stream; its row lock puts a stream's events in commit order. */
export const eventStreams = pgTable('event_streams', {
  stream: uuid('stream').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull().default(0),
  /** When progress was last announced: what coalesces it. */
  progressAt: instant('progress_at'),
});

/** The outbox. Rows are written by the SQL function `append_event` only (migration 0000). */
export const events = pgTable(
  'events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    stream: uuid('stream').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** Who may see it besides administrators. */
    ownerId: uuid('owner_id'),
    type: text('type').$type<EventType>().notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    at: instant('at').notNull().default(sql`now()`),
  },
  (table) => [unique('events_stream_seq').on(table.stream, table.seq), index('events_at').on(table.at)],
);
