import { proxies } from '@domainflow/db/schema/proxy.ts';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { byNameInput, pageByName } from '../rows/page-by-name.ts';
import { pageOf } from '../rows/paging.ts';
import { liveStates } from './live-state.ts';
import { proxyViewOf, proxyViewSchema } from './views.ts';

export const listProxies = query({
  name: 'proxies.list',
  summary: 'Proxies by name',
  rest: { method: 'GET', path: '/proxies' },
  access: 'member',
  input: z.object(byNameInput),
  output: pageOf(proxyViewSchema),

  async run({ db }, input) {
    const page = await pageByName(db, input, proxies.name, ({ where, orderBy, limit, offset }) =>
      db.select().from(proxies).where(where).orderBy(orderBy).limit(limit).offset(offset),
    );
    const live = await liveStates(
      db,
      page.items.map(({ id }) => id),
    );
    return { ...page, items: page.items.map((row) => proxyViewOf(row, live.get(row.id) ?? null)) };
  },
});
