import type { StoredInput } from '@domainflow/domain/campaign/input.ts';
import { CAMPAIGN_MODES, CAMPAIGN_STATUSES } from '@domainflow/domain/campaign/states.ts';
import { CAMPAIGN_TYPES } from '@domainflow/domain/campaign/types.ts';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './account.ts';
import { createdAt, instant, updatedAt, uuidv7Key } from './columns.ts';

export const campaignStatus = pgEnum('campaign_status', CAMPAIGN_STATUSES);
export const campaignType = pgEnum('campaign_type', CAMPAIGN_TYPES);
export const campaignMode = pgEnum('campaign_mode', CAMPAIGN_MODES);

export const campaigns = pgTable(
  'campaigns',
  {
    id: uuidv7Key(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    notes: text('notes').notNull().default(''),
    tags: text('tags').array().notNull().default(sql`'{}'::text[]`),
    type: campaignType('type').notNull(),
    mode: campaignMode('mode').notNull(),
    status: campaignStatus('status').notNull().default('pending'),
    /** Raised by every change; a change based on an older one is refused. */
    version: integer('version').notNull().default(1),
    input: jsonb('input').$type<StoredInput>().notNull(),
    /** Names that the campaign starts with: rows for lists and uploads, the range's length for patterns. */
    initialDomains: bigint('initial_domains', { mode: 'number' }).notNull().default(0),
    /** What phases are configured with that say nothing of it themselves; null is the default of the platform. */
    dnsPersonaId: uuid('dns_persona_id'),
    httpPersonaId: uuid('http_persona_id'),
    /** `direct`, or the id of a pool of proxies. */
    proxyAssignmentId: text('proxy_assignment_id').notNull().default('direct'),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    startedAt: instant('started_at'),
    completedAt: instant('completed_at'),
    /** Why the status is `failed` or `error`. */
    errorDetails: jsonb('error_details').$type<{ code: string; message: string }>(),
    /** Set on delete: invisible at once, its data goes in the background. */
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    index('campaigns_owner_created').on(table.ownerId, table.createdAt),
    index('campaigns_created').on(table.createdAt, table.id),
    index('campaigns_deleted').on(table.deletedAt).where(sql`deleted_at IS NOT NULL`),
  ],
);
