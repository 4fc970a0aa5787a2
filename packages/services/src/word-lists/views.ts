import type { wordLists } from '@domainflow/db/schema/word-list.ts';
import { z } from 'zod';

export const wordListSummarySchema = z.object({
  wordListId: z.string(),
  name: z.string(),
  description: z.string(),
  /** Null: given as JSON. */
  filename: z.string().nullable(),
  wordCount: z.int(),
  /** SHA-256 (hex) of the words in their order with line feeds between them: equal hashes, equal lists. */
  contentHash: z.string(),
  /** Bytes of the words in UTF-8, line feeds between them included. */
  sizeBytes: z.int(),
  /** Lines or entries that were given; `wordCount`, `duplicates` and `rejected` add up to those that hold something. */
  lines: z.int(),
  duplicates: z.int(),
  rejected: z.int(),
  version: z.int(),
  /** Null: the platform's own, which administrators may change. */
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const wordListViewSchema = wordListSummarySchema.extend({
  /** Number of rejected lines by reason, and the first of them. */
  rejections: z.object({
    byReason: z.record(z.string(), z.int()),
    first: z.array(z.object({ line: z.int(), text: z.string(), reason: z.string() })),
  }),
  /** A page of the words, in the list's order, and where the next one begins; null on the last. */
  words: z.array(z.string()),
  nextOffset: z.int().nullable(),
});

export type WordListView = z.output<typeof wordListViewSchema>;
type WordListRow = typeof wordLists.$inferSelect;

export const wordListSummaryOf = (
  row: Omit<WordListRow, 'rejections'>,
): z.input<typeof wordListSummarySchema> => ({
  wordListId: row.id,
  name: row.name,
  description: row.description,
  filename: row.filename,
  wordCount: row.wordCount,
  contentHash: row.contentHash,
  sizeBytes: row.sizeBytes,
  lines: row.lines,
  duplicates: row.duplicates,
  rejected: row.rejected,
  version: row.version,
  createdBy: row.createdBy,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

/** The list with the page of its words that begins at `offset`. */
export const wordListViewOf = (row: WordListRow, words: readonly string[], offset: number): WordListView => ({
  ...wordListSummaryOf(row),
  rejections: row.rejections,
  words: [...words],
  nextOffset: offset + words.length < row.wordCount && words.length > 0 ? offset + words.length : null,
});
