import type { Database, Transaction } from '@domainflow/db/client.ts';
import { wordListChunks, wordLists } from '@domainflow/db/schema/word-list.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import type { WordList, WordLists } from '@domainflow/domain/generation/dictionary/word-list.ts';
import { type Pattern, wordListIdsOf } from '@domainflow/domain/generation/pattern.ts';
import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';

/** Memory for the stored lists of one pattern, and for all lists that a process keeps. */
const MAX_BYTES = 167_772_160;
/** What a word takes besides its characters. */
const BYTES_PER_WORD = 40;
/** Rows of words that are read at a time. */
const CHUNKS_AT_ONCE = 20;

type Reader = Database | Transaction;

async function readWords(db: Reader, wordListId: string): Promise<string[]> {
  const words: string[] = [];
  for (let from = 0; ; from += CHUNKS_AT_ONCE) {
    const chunks = await db
      .select({ words: wordListChunks.words })
      .from(wordListChunks)
      .where(
        and(
          eq(wordListChunks.wordListId, wordListId),
          gte(wordListChunks.chunkNo, from),
          lt(wordListChunks.chunkNo, from + CHUNKS_AT_ONCE),
        ),
      )
      .orderBy(asc(wordListChunks.chunkNo));
    for (const chunk of chunks) for (const word of chunk.words.split('\n')) words.push(word);
    if (chunks.length < CHUNKS_AT_ONCE) return words;
  }
}

/**
 * The words of stored lists, each list read once. A list never changes, so that what is kept stays right; the lists used
 * last are kept, as many as the limit allows, and those of the pattern in hand in any case.
 */
export class WordListCache {
  readonly #db: Reader;
  readonly #maxBytes: number;
  /** The least recently used first. */
  readonly #kept = new Map<string, { readonly bytes: number; readonly list: Promise<WordList> }>();
  #bytes = 0;

  constructor(db: Reader, maxBytes = MAX_BYTES) {
    this.#db = db;
    this.#maxBytes = maxBytes;
  }

  /**
   * The stored lists that `pattern` names; without those that do not exist (`compilePattern` says which). Throws
   * `INVALID_INPUT` on `lists` where they are too much for a worker.
   */
  async load(pattern: Pattern): Promise<WordLists> {
    const ids = wordListIdsOf(pattern);
    if (ids.length === 0) return new Map();
    const rows = await this.#db
      .select({
        id: wordLists.id,
        contentHash: wordLists.contentHash,
        bytes: sql<number>`(size_bytes + word_count::bigint * ${BYTES_PER_WORD})::float8`,
      })
      .from(wordLists)
      .where(inArray(wordLists.id, ids));
    const total = rows.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total > this.#maxBytes) {
      throw invalidInput(
        'The word lists are too long together for a worker to hold: split them over several campaigns.',
        'lists',
        { bytes: total, most: this.#maxBytes },
      );
    }
    const loading = rows.map((row) => ({ id: row.id, list: this.#listOf(row) }));
    this.#evict(new Set(ids));
    const loaded = new Map<string, WordList>();
    for (const { id, list } of loading) loaded.set(id, await list);
    return loaded;
  }

  #listOf(row: { id: string; bytes: number; contentHash: string }): Promise<WordList> {
    const known = this.#kept.get(row.id);
    if (known !== undefined) {
      this.#kept.delete(row.id);
      this.#kept.set(row.id, known);
      return known.list;
    }
    const list = readWords(this.#db, row.id).then((words) => ({ words, contentHash: row.contentHash }));
    const kept = { bytes: row.bytes, list };
    this.#kept.set(row.id, kept);
    this.#bytes += row.bytes;
    // What could not be read is read again the next time; whoever waits for it gets the error.
    list.catch(() => {
      if (this.#kept.get(row.id) === kept) this.#drop(row.id, kept.bytes);
    });
    return list;
  }

  #evict(inUse: ReadonlySet<string>): void {
    for (const [id, { bytes }] of this.#kept) {
      if (this.#bytes <= this.#maxBytes) return;
      if (!inUse.has(id)) this.#drop(id, bytes);
    }
  }

  #drop(id: string, bytes: number): void {
    this.#kept.delete(id);
    this.#bytes -= bytes;
  }
}

const caches = new WeakMap<Database, WordListCache>();

/** The cache of a process: one for each of its databases. */
export function wordListsOf(db: Database): WordListCache {
  const known = caches.get(db);
  if (known !== undefined) return known;
  const cache = new WordListCache(db);
  caches.set(db, cache);
  return cache;
}
