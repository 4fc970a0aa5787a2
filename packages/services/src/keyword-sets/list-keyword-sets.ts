import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { and, asc, count, desc, getTableColumns, gt, ilike, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { containing } from '../like-pattern.ts';
import { query } from '../operation.ts';
import { decodeCursor, encodeCursor, pageOf, pagingInput } from '../paging.ts';
import { keywordSetSummaryOf, keywordSetSummarySchema } from './views.ts';

// A set can hold thousands of rules: the list counts them where they are.
const { rules, ...columns } = getTableColumns(keywordSets);
const ruleCount = sql<number>`jsonb_array_length(${rules})`.as('rule_count');
const activeRuleCount =
  sql<number>`jsonb_array_length(jsonb_path_query_array(${rules}, '$[*] ? (@.active == true)'))`.as(
    'active_rule_count',
  );

export const listKeywordSets = query({
  name: 'keywordSets.list',
  summary: 'Keyword sets by name, without their rules',
  rest: { method: 'GET', path: '/keyword-sets' },
  access: 'member',
  input: z.object({ ...pagingInput, search: z.string().trim().max(100).optional() }),
  output: pageOf(keywordSetSummarySchema),

  async run({ db }, { limit, offset, cursor, order, search }) {
    const matching = search ? ilike(keywordSets.name, containing(search)) : undefined;
    const last = cursor === undefined ? null : decodeCursor(cursor, z.tuple([z.string()]))[0];
    const beyond = last === null ? undefined : (order === 'asc' ? gt : lt)(keywordSets.name, last);
    const rows = await db
      .select({ ...columns, ruleCount, activeRuleCount })
      .from(keywordSets)
      .where(and(matching, beyond))
      .orderBy((order === 'asc' ? asc : desc)(keywordSets.name))
      .limit(limit + 1)
      .offset(last === null ? offset : 0);
    const [counted] = await db.select({ total: count() }).from(keywordSets).where(matching);
    const items = rows.slice(0, limit);
    const lastItem = items.at(-1);
    return {
      items: items.map(keywordSetSummaryOf),
      nextCursor: rows.length > limit && lastItem ? encodeCursor([lastItem.name]) : null,
      total: counted?.total ?? 0,
      totalExact: true,
    };
  },
});
