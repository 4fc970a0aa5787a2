import { proxyPoolMembers, proxyPools } from '@domainflow/db/schema/proxy.ts';
import { eq, getTableColumns } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { byNameInput, pageByName } from '../rows/page-by-name.ts';
import { pageOf } from '../rows/paging.ts';
import { statesOfPools } from './live-members.ts';
import { poolSummaryOf, poolSummarySchema } from './views.ts';

export const listPools = query({
  name: 'proxyPools.list',
  summary: 'Pools of proxies by name',
  rest: { method: 'GET', path: '/proxy-pools' },
  access: 'member',
  input: z.object(byNameInput),
  output: pageOf(poolSummarySchema),

  async run({ db }, input) {
    const proxyCount = db.$count(proxyPoolMembers, eq(proxyPoolMembers.poolId, proxyPools.id));
    const page = await pageByName(db, input, proxyPools.name, ({ where, orderBy, limit, offset }) =>
      db
        .select({ ...getTableColumns(proxyPools), proxyCount })
        .from(proxyPools)
        .where(where)
        .orderBy(orderBy)
        .limit(limit)
        .offset(offset),
    );
    const states = await statesOfPools(db, page.items);
    const none = { healthy: 0, probing: 0, ejected: 0, unused: 0 };
    return { ...page, items: page.items.map((row) => poolSummaryOf(row, states.get(row.id) ?? none)) };
  },
});
