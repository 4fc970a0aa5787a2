import { wordLists } from '@domainflow/db/schema/word-list.ts';
import { wordListIdSchema } from '@domainflow/domain/ids.ts';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { rowById } from '../rows/row-by-id.ts';
import { FIRST_PAGE_WORDS, MAX_PAGE_WORDS } from './limits.ts';
import { wordListViewOf, wordListViewSchema } from './views.ts';
import { readWordPage } from './words.ts';

export const getWordList = query({
  name: 'wordLists.get',
  summary: 'One word list with a page of its words',
  rest: { method: 'GET', path: '/word-lists/{id}' },
  access: 'member',
  input: z.object({
    id: wordListIdSchema,
    /** Words of the page. */
    limit: z.int().min(1).max(MAX_PAGE_WORDS).default(FIRST_PAGE_WORDS),
    /** The first word of the page, from 0. */
    offset: z.int().min(0).max(10_000_000).default(0),
  }),
  output: wordListViewSchema,

  async run({ db }, { id, limit, offset }) {
    const row = await rowById(db, wordLists, id, 'word list');
    return wordListViewOf(row, await readWordPage(db, id, offset, limit), offset);
  },
});
