import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Workers that are or were alive; `seen_at` is the database's clock. */
export const workers = pgTable(
  'workers',
  {
    id: uuid('id').primaryKey(),
    host: text('host').notNull(),
    pid: integer('pid').notNull(),
    runtime: text('runtime').notNull(),
    startedAt: instant('started_at').notNull().default(sql`now()`),
    seenAt: instant('seen_at').notNull().default(sql`now()`),
  },
  (table) => [index('workers_seen').on(table.seenAt)],
);
