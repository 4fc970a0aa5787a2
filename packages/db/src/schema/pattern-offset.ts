import { bigint, index, numeric, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './account.ts';
import { campaigns } from './campaign.ts';
import { createdAt, updatedAt } from './columns.ts';

/** How far the space of a pattern has been given out, over all campaigns. */
export const patternOffsets = pgTable('pattern_offsets', {
  /** SHA-256 of the pattern's canonical text, hex. */
  patternHash: text('pattern_hash').primaryKey(),
  /** The beginning of the canonical text, for people. */
  excerpt: text('excerpt').notNull(),
  size: numeric('size', { precision: 78 }).notNull(),
  /** The lowest offset that no campaign has been given since it was last set. */
  nextOffset: numeric('next_offset', { precision: 78 }).notNull().default('0'),
  /** Who set it last; null: only campaigns have moved it. */
  setBy: uuid('set_by').references(() => users.id),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

/**
 * The space that a campaign generates from, and the part of it that the campaign was given when its generation started:
 * [startOffset, startOffset + count). Both are null until then.
 */
export const patternReservations = pgTable(
  'pattern_reservations',
  {
    campaignId: uuid('campaign_id')
      .primaryKey()
      .references(() => campaigns.id, { onDelete: 'cascade' }),
    patternHash: text('pattern_hash')
      .notNull()
      .references(() => patternOffsets.patternHash),
    startOffset: numeric('start_offset', { precision: 78 }),
    count: bigint('count', { mode: 'number' }),
    createdAt: createdAt(),
  },
  (table) => [index('pattern_reservations_hash').on(table.patternHash)],
);
