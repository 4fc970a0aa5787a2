import { proxyPools } from '@domainflow/db/schema/proxy.ts';
import { proxyPoolIdSchema } from '@domainflow/domain/ids.ts';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { rowById } from '../rows/row-by-id.ts';
import { liveMembers } from './live-members.ts';
import { poolViewOf, poolViewSchema } from './views.ts';

export const getPool = query({
  name: 'proxyPools.get',
  summary: 'One pool with its proxies',
  rest: { method: 'GET', path: '/proxy-pools/{id}' },
  access: 'member',
  input: z.object({ id: proxyPoolIdSchema }),
  output: poolViewSchema,

  async run({ db }, { id }) {
    const row = await rowById(db, proxyPools, id, 'proxy pool');
    return poolViewOf(row, await liveMembers(db, id));
  },
});
