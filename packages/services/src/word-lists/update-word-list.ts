import { wordLists } from '@domainflow/db/schema/word-list.ts';
import { wordListIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { refuseTakenName } from '../rows/unique-name.ts';
import { writtenRow } from '../rows/written-row.ts';
import { wordListFields } from './fields.ts';
import { FIRST_PAGE_WORDS } from './limits.ts';
import { lockWordList } from './lock-word-list.ts';
import { wordListViewOf, wordListViewSchema } from './views.ts';
import { readWordPage } from './words.ts';

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
    const before = await lockWordList(tx, actor, id);
    requireVersion(before.version, version);
    const texts = { name: name ?? before.name, description: description ?? before.description };
    const updated = await tx
      .update(wordLists)
      .set({ ...texts, version: before.version + 1, updatedAt: sql`now()` })
      .where(eq(wordLists.id, id))
      .returning()
      .catch(refuseTakenName('word_lists_name_unique', 'word list', texts.name));
    return wordListViewOf(writtenRow(updated), await readWordPage(tx, id, 0, FIRST_PAGE_WORDS), 0);
  },
});
