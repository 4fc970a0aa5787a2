import { proxies } from '@domainflow/db/schema/proxy.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { proxyIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation.ts';
import { proxyViewOf, proxyViewSchema } from './views.ts';

export const getProxy = query({
  name: 'proxies.get',
  summary: 'One proxy',
  rest: { method: 'GET', path: '/proxies/{id}' },
  access: 'member',
  input: z.object({ id: proxyIdSchema }),
  output: proxyViewSchema,

  async run({ db }, { id }) {
    const [row] = await db.select().from(proxies).where(eq(proxies.id, id));
    if (row === undefined) throw notFound('proxy', id);
    return proxyViewOf(row);
  },
});
