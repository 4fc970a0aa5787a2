import { proxies, proxyPoolMembers, proxyPools } from '@domainflow/db/schema/proxy.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { proxyPoolIdSchema } from '@domainflow/domain/ids.ts';
import { asc, eq, getTableColumns } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { type CheckedProxy, checkProxies, keepChecks } from '../proxies/check-proxies.ts';
import { checkInput } from '../proxies/check-proxy.ts';
import { proxyCheckSchema } from '../proxies/views.ts';

export const checkPool = mutation({
  name: 'proxyPools.healthCheck',
  summary: 'Fetch a page through each proxy of a pool',
  rest: { method: 'POST', path: '/proxy-pools/{id}/health-check' },
  access: 'member',
  input: z.object({ id: proxyPoolIdSchema, ...checkInput }),
  output: z.object({
    /** Proxies that work, and those whose check did not come to an end in time. */
    working: z.int(),
    unchecked: z.int(),
    proxies: z.array(z.object({ proxyId: z.string(), name: z.string(), check: proxyCheckSchema.nullable() })),
  }),
  audit: ({ id }, { working, proxies: all }) => ({
    entity: 'proxy_pool',
    entityId: id,
    details: { working, proxies: all.length },
  }),

  async prepare(ctx, { id, ...options }): Promise<CheckedProxy[]> {
    const [pool] = await ctx.db.select({ id: proxyPools.id }).from(proxyPools).where(eq(proxyPools.id, id));
    if (pool === undefined) throw notFound('proxy pool', id);
    const rows = await ctx.db
      .select(getTableColumns(proxies))
      .from(proxyPoolMembers)
      .innerJoin(proxies, eq(proxies.id, proxyPoolMembers.proxyId))
      .where(eq(proxyPoolMembers.poolId, id))
      .orderBy(asc(proxyPoolMembers.position));
    return checkProxies(ctx, rows, options);
  },
  async run(ctx, _input, checked) {
    await keepChecks(ctx, checked);
    return {
      working: checked.filter(({ check }) => check?.ok === true).length,
      unchecked: checked.filter(({ check }) => check === null).length,
      proxies: checked.map(({ row, check }) => ({ proxyId: row.id, name: row.name, check })),
    };
  },
});
