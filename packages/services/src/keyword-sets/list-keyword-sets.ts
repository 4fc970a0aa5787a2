import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { getTableColumns, sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { byNameInput, pageByName } from '../rows/page-by-name.ts';
import { pageOf } from '../rows/paging.ts';
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
  input: z.object(byNameInput),
  output: pageOf(keywordSetSummarySchema),

  async run({ db }, input) {
    const page = await pageByName(db, input, keywordSets.name, ({ where, orderBy, limit, offset }) =>
      db
        .select({ ...columns, ruleCount, activeRuleCount })
        .from(keywordSets)
        .where(where)
        .orderBy(orderBy)
        .limit(limit)
        .offset(offset),
    );
    return { ...page, items: page.items.map(keywordSetSummaryOf) };
  },
});
