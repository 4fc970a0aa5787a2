import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './account.ts';
import { campaigns } from './campaign.ts';
import { createdAt, updatedAt, uuidv7Key } from './columns.ts';

/** Lists of words that dictionary patterns join. The words of a list never change: another file is another list. */
export const wordLists = pgTable('word_lists', {
  id: uuidv7Key(),
  name: text('name').notNull().unique(),
  description: text('description').notNull().default(''),
  /** Null: given as JSON. */
  filename: text('filename'),
  wordCount: integer('word_count').notNull(),
  /** SHA-256 of the words in their order, each but the last followed by a line feed; hex. */
  contentHash: text('content_hash').notNull(),
  sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
  lines: integer('lines').notNull(),
  duplicates: integer('duplicates').notNull(),
  rejected: integer('rejected').notNull(),
  rejections: jsonb('rejections')
    .$type<{ byReason: Record<string, number>; first: { line: number; text: string; reason: string }[] }>()
    .notNull(),
  version: integer('version').notNull().default(1),
  createdBy: uuid('created_by').references(() => users.id),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

/** The words, thousands a row and one a line: a million is read in a few hundred rows. */
export const wordListChunks = pgTable(
  'word_list_chunks',
  {
    wordListId: uuid('word_list_id')
      .notNull()
      .references(() => wordLists.id, { onDelete: 'cascade' }),
    chunkNo: integer('chunk_no').notNull(),
    words: text('words').notNull(),
  },
  (table) => [primaryKey({ columns: [table.wordListId, table.chunkNo] })],
);

/** Which campaigns generate from which lists: while one still may, its list cannot be deleted. */
export const campaignWordLists = pgTable(
  'campaign_word_lists',
  {
    campaignId: uuid('campaign_id')
      .notNull()
      .references(() => campaigns.id, { onDelete: 'cascade' }),
    wordListId: uuid('word_list_id')
      .notNull()
      .references(() => wordLists.id),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.wordListId] }),
    index('campaign_word_lists_list').on(table.wordListId),
  ],
);
