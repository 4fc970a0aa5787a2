import type { Transaction } from '@domainflow/db/client.ts';
import { wordLists } from '@domainflow/db/schema/word-list.ts';
import { eq, type SQL } from 'drizzle-orm';
import type { Actor } from '../operation/operation.ts';
import { nameTaken } from '../rows/unique-name.ts';
import { writtenRow } from '../rows/written-row.ts';
import type { NameIntake } from '../uploads/name-intake.ts';
import { FIRST_PAGE_WORDS } from './limits.ts';
import { type WordListView, wordListViewOf } from './views.ts';
import { readWordPage, writeWords } from './words.ts';

export interface NewWordList {
  readonly name: string;
  readonly description: string;
  readonly filename: string | null;
  /** What was read, with its counts. */
  readonly intake: NameIntake;
  /** The words as a query of (word, line). */
  readonly words: SQL;
}

/** Writes a list with its words. `CONFLICT` on `name` where another list has it. */
export async function writeWordList(
  tx: Transaction,
  actor: Actor,
  { name, description, filename, intake, words }: NewWordList,
): Promise<WordListView> {
  const { lines, named, rejected, rejections } = intake;
  const [row] = await tx
    .insert(wordLists)
    .values({
      ...{ name, description, filename, lines, rejected, rejections },
      ...{ wordCount: 0, contentHash: '', sizeBytes: 0, duplicates: 0 },
      createdBy: actor.userId,
    })
    .onConflictDoNothing({ target: wordLists.name })
    .returning({ id: wordLists.id });
  if (row === undefined) throw nameTaken('word list', name);
  const written = await writeWords(tx, row.id, words);
  const completed = await tx
    .update(wordLists)
    .set({ ...written, duplicates: named - written.wordCount })
    .where(eq(wordLists.id, row.id))
    .returning();
  return wordListViewOf(writtenRow(completed), await readWordPage(tx, row.id, 0, FIRST_PAGE_WORDS), 0);
}
