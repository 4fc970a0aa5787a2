import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireWords, wordIntake, wordListFields } from './fields.ts';
import { MAX_JSON_WORDS } from './limits.ts';
import { wordListViewSchema } from './views.ts';
import { writeWordList } from './write-word-list.ts';

export const createWordList = mutation({
  name: 'wordLists.create',
  summary: 'Create a word list from JSON; longer lists are uploaded',
  rest: { method: 'POST', path: '/word-lists', status: 201 },
  access: 'member',
  input: z.object({
    name: wordListFields.name,
    description: wordListFields.description.default(''),
    /** What is no word is left out and counted, as in a file. */
    words: z.array(z.string().max(1_024)).min(1, 'At least one word').max(MAX_JSON_WORDS),
  }),
  output: wordListViewSchema,
  audit: ({ name }, { wordListId, wordCount }) => ({
    entity: 'word_list',
    entityId: wordListId,
    details: { name, wordCount },
  }),

  async run({ tx, actor }, { name, description, words }) {
    const intake = wordIntake();
    for (const word of words) intake.take(word);
    requireWords(intake, 'words');
    const chunk = intake.takeChunk();
    const given = sql`
      SELECT word, line FROM unnest(${sql.param(chunk.names)}::text[], ${sql.param(chunk.lines)}::bigint[]) AS given (word, line)`;
    return writeWordList(tx, actor, { name, description, filename: null, intake, words: given });
  },
});
