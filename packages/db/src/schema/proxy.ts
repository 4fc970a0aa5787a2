import { PROXY_KINDS, PROXY_ROTATIONS } from '@domainflow/domain/http/proxy-pool.ts';
import { index, integer, jsonb, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './account.ts';
import { createdAt, updatedAt, uuidv7Key } from './columns.ts';

/** What the last health check of a proxy found. */
export interface ProxyCheck {
  readonly ok: boolean;
  readonly checkedAt: string;
  readonly latencyMs: number | null;
  readonly exitAddress: string | null;
  readonly problem: string | null;
}

export const proxies = pgTable('proxies', {
  id: uuidv7Key(),
  name: text('name').notNull().unique(),
  kind: text('kind', { enum: PROXY_KINDS }).notNull(),
  host: text('host').notNull(),
  port: integer('port').notNull(),
  /** Where it comes out (ISO 3166-1 alpha-2), and who runs it: labels. */
  country: text('country'),
  provider: text('provider'),
  /** Sealed to this row and column (packages/services/src/secrets); null where it needs none. */
  username: text('username'),
  password: text('password'),
  maxConnections: integer('max_connections').notNull(),
  requestsPerSecond: real('requests_per_second'),
  lastCheck: jsonb('last_check').$type<ProxyCheck>(),
  version: integer('version').notNull().default(1),
  createdBy: uuid('created_by').references(() => users.id),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const proxyPools = pgTable('proxy_pools', {
  id: uuidv7Key(),
  name: text('name').notNull().unique(),
  description: text('description').notNull().default(''),
  rotation: text('rotation', { enum: PROXY_ROTATIONS }).notNull(),
  /** As in the domain's `proxyPoolSchema`. */
  ejectAfterFailures: integer('eject_after_failures').notNull(),
  pauseMs: integer('pause_ms').notNull(),
  maxPauseMs: integer('max_pause_ms').notNull(),
  targetBy: text('target_by', { enum: ['name', 'address'] }).notNull(),
  version: integer('version').notNull().default(1),
  createdBy: uuid('created_by').references(() => users.id),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const proxyPoolMembers = pgTable(
  'proxy_pool_members',
  {
    poolId: uuid('pool_id')
      .notNull()
      .references(() => proxyPools.id, { onDelete: 'cascade' }),
    proxyId: uuid('proxy_id')
      .notNull()
      .references(() => proxies.id),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.poolId, table.proxyId] }),
    index('proxy_pool_members_proxy').on(table.proxyId),
  ],
);
