import { proxyPools } from '@domainflow/db/schema/proxy.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { proxyPoolIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation.ts';
import { membersOf } from './members.ts';
import { poolViewOf, poolViewSchema } from './views.ts';

export const getPool = query({
  name: 'proxyPools.get',
  summary: 'One pool with its proxies',
  rest: { method: 'GET', path: '/proxy-pools/{id}' },
  access: 'member',
  input: z.object({ id: proxyPoolIdSchema }),
  output: poolViewSchema,

  async run({ db }, { id }) {
    const [row] = await db.select().from(proxyPools).where(eq(proxyPools.id, id));
    if (row === undefined) throw notFound('proxy pool', id);
    return poolViewOf(row, await membersOf(db, id));
  },
});
