import type { Database, Transaction } from '@domainflow/db/client.ts';
import { wordListChunks, wordLists } from '@domainflow/db/schema/word-list.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import type { WordList, WordLists } from '@domainflow/domain/generation/dictionary/word-list.ts';
import { type Pattern, wordListIdsOf } from '@domainflow/domain/generation/pattern.ts';
import { and, asc, eq, gte, inArray, lt } from 'drizzle-orm';

/** Words of the stored lists of one pattern, and of all lists that a process keeps: some 40 bytes each. */
const MAX_WORDS = 4_000_000;
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
  readonly #maxWords: number;
  /** The least recently used first. */
  readonly #kept = new Map<string, { readonly wordCount: number; readonly list: Promise<WordList> }>();
  #words = 0;

  constructor(db: Reader, maxWords = MAX_WORDS) {
    this.#db = db;
    this.#maxWords = maxWords;
  }

  /**
   * The stored lists that `pattern` names; without those that do not exist (`compilePattern` says which). Throws
   * `INVALID_INPUT` on `lists` where they are too much for a worker.
   */
  async load(pattern: Pattern): Promise<WordLists> {
    const ids = wordListIdsOf(pattern);
    if (ids.length === 0) return new Map();
    const rows = await this.#db
      .select({ id: wordLists.id, wordCount: wordLists.wordCount, contentHash: wordLists.contentHash })
      .from(wordLists)
      .where(inArray(wordLists.id, ids));
    const total = rows.reduce((sum, { wordCount }) => sum + wordCount, 0);
    if (total > this.#maxWords) {
      throw invalidInput(
        `The lists have ${total} words together; a pattern takes ${this.#maxWords} at most.`,
        'lists',
        { words: total, most: this.#maxWords },
      );
    }
    const loading = rows.map((row) => ({ id: row.id, list: this.#listOf(row) }));
    this.#evict(new Set(ids));
    const loaded = new Map<string, WordList>();
    for (const { id, list } of loading) loaded.set(id, await list);
    return loaded;
  }

  #listOf(row: { id: string; wordCount: number; contentHash: string }): Promise<WordList> {
    const known = this.#kept.get(row.id);
    if (known !== undefined) {
      this.#kept.delete(row.id);
      this.#kept.set(row.id, known);
      return known.list;
    }
    const list = readWords(this.#db, row.id).then((words) => ({ words, contentHash: row.contentHash }));
    const kept = { wordCount: row.wordCount, list };
    this.#kept.set(row.id, kept);
    this.#words += row.wordCount;
    // What could not be read is read again the next time; whoever waits for it gets the error.
    list.catch(() => {
      if (this.#kept.get(row.id) === kept) this.#drop(row.id, kept.wordCount);
    });
    return list;
  }

  #evict(inUse: ReadonlySet<string>): void {
    for (const [id, { wordCount }] of this.#kept) {
      if (this.#words <= this.#maxWords) return;
      if (!inUse.has(id)) this.#drop(id, wordCount);
    }
  }

  #drop(id: string, wordCount: number): void {
    this.#kept.delete(id);
    this.#words -= wordCount;
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
