import { bigint, customType, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './account.ts';
import { createdAt, uuidv7Key } from './columns.ts';

const digest = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

export const SUPPRESSION_KINDS = ['domain', 'email', 'hash'] as const;

/** What must not be fetched, listed or exported, on the whole platform. */
export const suppressions = pgTable(
  'suppressions',
  {
    id: uuidv7Key(),
    kind: text('kind', { enum: SUPPRESSION_KINDS }).notNull(),
    /** SHA-256 of the normalised domain or address. */
    digest: digest('digest').notNull().unique(),
    /** What is suppressed; null of a hash. */
    value: text('value'),
    reason: text('reason').notNull().default(''),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (table) => [index('suppressions_value').on(table.value)],
);

/** Domains whose data was erased: what a worker was writing just then is taken away for a while after. */
export const erasedDomains = pgTable(
  'erased_domains',
  {
    campaignId: uuid('campaign_id').notNull(),
    ordinal: bigint('ordinal', { mode: 'number' }).notNull(),
    at: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.ordinal] })],
);
