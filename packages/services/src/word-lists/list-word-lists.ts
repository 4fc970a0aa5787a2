import { wordLists } from '@domainflow/db/schema/word-list.ts';
import { and, asc, count, desc, getTableColumns, gt, ilike, lt } from 'drizzle-orm';
import { z } from 'zod';
import { containing } from '../like-pattern.ts';
import { query } from '../operation.ts';
import { decodeCursor, encodeCursor, pageOf, pagingInput } from '../paging.ts';
import { wordListSummaryOf, wordListSummarySchema } from './views.ts';

const { rejections: _, ...columns } = getTableColumns(wordLists);

export const listWordLists = query({
  name: 'wordLists.list',
  summary: 'Word lists by name, without their words',
  rest: { method: 'GET', path: '/word-lists' },
  access: 'member',
  input: z.object({ ...pagingInput, search: z.string().trim().max(100).optional() }),
  output: pageOf(wordListSummarySchema),

  async run({ db }, { limit, offset, cursor, order, search }) {
    const matching = search ? ilike(wordLists.name, containing(search)) : undefined;
    const last = cursor === undefined ? null : decodeCursor(cursor, z.tuple([z.string()]))[0];
    const beyond = last === null ? undefined : (order === 'asc' ? gt : lt)(wordLists.name, last);
    const rows = await db
      .select(columns)
      .from(wordLists)
      .where(and(matching, beyond))
      .orderBy((order === 'asc' ? asc : desc)(wordLists.name))
      .limit(limit + 1)
      .offset(last === null ? offset : 0);
    const [counted] = await db.select({ total: count() }).from(wordLists).where(matching);
    const items = rows.slice(0, limit);
    const lastItem = items.at(-1);
    return {
      items: items.map(wordListSummaryOf),
      nextCursor: rows.length > limit && lastItem ? encodeCursor([lastItem.name]) : null,
      total: counted?.total ?? 0,
      totalExact: true,
    };
  },
});
