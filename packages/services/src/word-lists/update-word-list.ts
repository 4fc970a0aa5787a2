import { wordLists } from '@domainflow/db/schema/word-list.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { wordListIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireEditor, requireVersion } from '../edit-rules.ts';
import { mutation } from '../operation.ts';
import { isUniqueViolation } from '../unique-violation.ts';
import { wordListFields } from './fields.ts';
import { FIRST_PAGE_WORDS } from './limits.ts';
import { wordListViewOf, wordListViewSchema } from './views.ts';
import { readWordPage } from './words.ts';
import { nameTaken } from './write-word-list.ts';

export const updateWordList = mutation({
  name: 'wordLists.update',
  summary: 'Change a word list’s name or description; its words never change',
  rest: { method: 'PUT', path: '/word-lists/{id}' },
  access: 'member',
  input: z.object({
    id: wordListIdSchema,
    version: z.int(),
    name: wordListFields.name.optional(),
    description: wordListFields.description.optional(),
  }),
  output: wordListViewSchema,
  audit: ({ id, version: _, ...changed }) => ({ entity: 'word_list', entityId: id, details: changed }),

  async run({ tx, actor }, { id, version, name, description }) {
    const [row] = await tx.select().from(wordLists).where(eq(wordLists.id, id)).for('no key update');
    if (row === undefined) throw notFound('word list', id);
    requireEditor(actor, row.createdBy, 'word list');
    requireVersion(row.version, version);
    const texts = { name: name ?? row.name, description: description ?? row.description };
    try {
      const [changed] = await tx
        .update(wordLists)
        .set({ ...texts, version: row.version + 1, updatedAt: sql`clock_timestamp()` })
        .where(eq(wordLists.id, id))
        .returning();
      if (changed === undefined) throw new Error('UPDATE gave no row');
      return wordListViewOf(changed, await readWordPage(tx, id, 0, FIRST_PAGE_WORDS), 0);
    } catch (error) {
      if (isUniqueViolation(error, 'word_lists_name_unique')) throw nameTaken(texts.name);
      throw error;
    }
  },
});
