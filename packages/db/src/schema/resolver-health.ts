import { TRANSPORTS } from '@domainflow/domain/persona/resolver-address.ts';
import { sql } from 'drizzle-orm';
import { bigint, integer, jsonb, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

export const RESOLVER_STATES = ['healthy', 'probing', 'ejected'] as const;

/** How a worker finds each resolver that it asks, whatever the persona; renewed every few seconds, gone with the worker. */
export const resolverHealth = pgTable(
  'resolver_health',
  {
    workerId: uuid('worker_id').notNull(),
    transport: text('transport', { enum: TRANSPORTS }).notNull(),
    /** `address:port`, or the URL of DoH: as in the evidence of verdicts. */
    resolver: text('resolver').notNull(),
    state: text('state', { enum: RESOLVER_STATES }).notNull(),
    /** Since when the worker has found it in this state. */
    since: instant('since').notNull().default(sql`now()`),
    /** Why it is put aside or could not be reached, in words. */
    problem: text('problem'),
    /** All counts are those of the worker so far. */
    queries: bigint('queries', { mode: 'number' }).notNull(),
    replies: bigint('replies', { mode: 'number' }).notNull(),
    timeouts: bigint('timeouts', { mode: 'number' }).notNull(),
    lost: bigint('lost', { mode: 'number' }).notNull(),
    ejections: integer('ejections').notNull(),
    /** Replies by RCODE mnemonic. */
    rcodes: jsonb('rcodes').$type<Record<string, number>>().notNull(),
    p50Ms: real('p50_ms'),
    p95Ms: real('p95_ms'),
    /** Between the last two reports. */
    queriesPerSecond: real('queries_per_second').notNull().default(0),
    reportedAt: instant('reported_at').notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.workerId, table.transport, table.resolver] })],
);
