import { wordLists } from '@domainflow/db/schema/word-list.ts';
import { getTableColumns } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { byNameInput, pageByName } from '../rows/page-by-name.ts';
import { pageOf } from '../rows/paging.ts';
import { wordListSummaryOf, wordListSummarySchema } from './views.ts';

const { rejections: _, ...columns } = getTableColumns(wordLists);

export const listWordLists = query({
  name: 'wordLists.list',
  summary: 'Word lists by name, without their words',
  rest: { method: 'GET', path: '/word-lists' },
  access: 'member',
  input: z.object(byNameInput),
  output: pageOf(wordListSummarySchema),

  async run({ db }, input) {
    const page = await pageByName(db, input, wordLists.name, ({ where, orderBy, limit, offset }) =>
      db.select(columns).from(wordLists).where(where).orderBy(orderBy).limit(limit).offset(offset),
    );
    return { ...page, items: page.items.map(wordListSummaryOf) };
  },
});
