import type { Database, Transaction } from '@domainflow/db/client.ts';
import { wordListChunks } from '@domainflow/db/schema/word-list.ts';
import { and, asc, between, eq, sql } from 'drizzle-orm';

/** Words of a row of `word_list_chunks`. */
const CHUNK_WORDS = 5_000;

/** `limit` words of a list from `offset` on, in the list's order. */
export async function readWordPage(
  db: Database | Transaction,
  wordListId: string,
  offset: number,
  limit: number,
): Promise<string[]> {
  const first = Math.floor(offset / CHUNK_WORDS);
  const rows = await db
    .select({ words: wordListChunks.words })
    .from(wordListChunks)
    .where(
      and(
        eq(wordListChunks.wordListId, wordListId),
        between(wordListChunks.chunkNo, first, Math.floor((offset + limit - 1) / CHUNK_WORDS)),
      ),
    )
    .orderBy(asc(wordListChunks.chunkNo));
  const from = offset - first * CHUNK_WORDS;
  return rows.flatMap(({ words }) => words.split('\n')).slice(from, from + limit);
}

export interface WrittenWords {
  readonly wordCount: number;
  readonly sizeBytes: number;
  readonly contentHash: string;
}

/** Gives a list its words from `source`, a query of (word, line): each once, by the line it was first seen on. */
export async function writeWords(
  tx: Transaction,
  wordListId: string,
  source: ReturnType<typeof sql>,
): Promise<WrittenWords> {
  await tx.execute(sql`
    INSERT INTO word_list_chunks (word_list_id, chunk_no, words)
    SELECT ${wordListId}::uuid, (n - 1) / ${CHUNK_WORDS}::bigint, string_agg(word, E'\\n' ORDER BY n)
    FROM (
      SELECT word, row_number() OVER (ORDER BY line) AS n
      FROM (SELECT word, min(line) AS line FROM (${source}) AS given GROUP BY word) AS firsts
    ) AS numbered
    GROUP BY 2`);
  const [written] = await tx.execute<{ word_count: number; size_bytes: string; content_hash: string }>(sql`
    SELECT
      (SELECT coalesce(sum(length(words) - length(replace(words, E'\\n', '')) + 1), 0)::int
       FROM word_list_chunks WHERE word_list_id = ${wordListId}::uuid) AS word_count,
      octet_length(whole) AS size_bytes, encode(sha256(whole), 'hex') AS content_hash
    FROM (
      SELECT convert_to(coalesce(string_agg(words, E'\\n' ORDER BY chunk_no), ''), 'UTF8') AS whole
      FROM word_list_chunks WHERE word_list_id = ${wordListId}::uuid) AS list`);
  if (written === undefined) throw new Error('The words of a list could not be counted');
  return {
    wordCount: written.word_count,
    sizeBytes: Number(written.size_bytes),
    contentHash: written.content_hash,
  };
}
