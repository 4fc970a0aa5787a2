import { PROXY_STATES, type ProxyFailureKind } from '@domainflow/domain/http/proxy-pool.ts';
import { sql } from 'drizzle-orm';
import { bigint, integer, jsonb, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** How a worker finds each proxy that it uses, whatever the pool; renewed every few seconds, gone with the worker. */
export const proxyHealth = pgTable(
  'proxy_health',
  {
    workerId: uuid('worker_id').notNull(),
    proxyId: uuid('proxy_id').notNull(),
    state: text('state', { enum: PROXY_STATES }).notNull(),
    /** Since when the worker has found it in this state. */
    since: instant('since').notNull().default(sql`now()`),
    /** Its last failure, in words. */
    problem: text('problem'),
    /** In use at the time of the report. */
    connections: integer('connections').notNull(),
    /** All counts are those of the worker so far. */
    requests: bigint('requests', { mode: 'number' }).notNull(),
    failures: bigint('failures', { mode: 'number' }).notNull(),
    failuresByKind: jsonb('failures_by_kind').$type<Partial<Record<ProxyFailureKind, number>>>().notNull(),
    ejections: integer('ejections').notNull(),
    p50Ms: real('p50_ms'),
    p95Ms: real('p95_ms'),
    /** Between the last two reports. */
    requestsPerSecond: real('requests_per_second').notNull().default(0),
    /** When a pool with it was last used. */
    usedAt: instant('used_at').notNull(),
    reportedAt: instant('reported_at').notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.workerId, table.proxyId] })],
);
