import { proxies } from '@domainflow/db/schema/proxy.ts';
import { proxyIdSchema } from '@domainflow/domain/ids.ts';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { rowById } from '../rows/row-by-id.ts';
import { liveStateOf } from './live-state.ts';
import { proxyViewOf, proxyViewSchema } from './views.ts';

export const getProxy = query({
  name: 'proxies.get',
  summary: 'One proxy',
  rest: { method: 'GET', path: '/proxies/{id}' },
  access: 'member',
  input: z.object({ id: proxyIdSchema }),
  output: proxyViewSchema,

  async run({ db }, { id }) {
    return proxyViewOf(await rowById(db, proxies, id, 'proxy'), await liveStateOf(db, id));
  },
});
