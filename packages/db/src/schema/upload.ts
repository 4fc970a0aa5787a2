import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { campaigns } from './campaign.ts';
import { createdAt, uuidv7Key } from './columns.ts';

/** Uploads that have been taken in whole. */
export const uploads = pgTable(
  'uploads',
  {
    id: uuidv7Key(),
    campaignId: uuid('campaign_id')
      .notNull()
      .references(() => campaigns.id, { onDelete: 'cascade' }),
    filename: text('filename').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    lines: integer('lines').notNull(),
    accepted: integer('accepted').notNull(),
    duplicates: integer('duplicates').notNull(),
    rejected: integer('rejected').notNull(),
    /** Number of rejected lines by reason, and the first of them with their line numbers. */
    rejections: jsonb('rejections')
      .$type<{ byReason: Record<string, number>; first: { line: number; text: string; reason: string }[] }>()
      .notNull(),
    uploadedBy: uuid('uploaded_by').notNull(),
    uploadedAt: createdAt(),
  },
  (table) => [index('uploads_campaign').on(table.campaignId)],
);

/** Names of an upload under way, in short transactions; gone when it ends. Unlogged (migration 0000). */
export const uploadNames = pgTable(
  'upload_names',
  {
    uploadId: uuid('upload_id').notNull(),
    line: bigint('line', { mode: 'number' }).notNull(),
    name: text('name').notNull(),
    receivedAt: createdAt(),
  },
  (table) => [index('upload_names_upload').on(table.uploadId)],
);
