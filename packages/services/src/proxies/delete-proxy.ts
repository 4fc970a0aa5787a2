import { proxies, proxyPoolMembers, proxyPools } from '@domainflow/db/schema/proxy.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { proxyIdSchema } from '@domainflow/domain/ids.ts';
import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { lockProxy } from './lock-proxy.ts';

export const deleteProxy = mutation({
  name: 'proxies.delete',
  summary: 'Delete a proxy that is in no pool',
  rest: { method: 'DELETE', path: '/proxies/{id}' },
  access: 'member',
  input: z.object({ id: proxyIdSchema, version: z.int().optional() }),
  output: z.object({ deleted: z.literal(true) }),
  audit: ({ id }) => ({ entity: 'proxy', entityId: id }),

  async run({ tx, actor }, { id, version }) {
    const row = await lockProxy(tx, actor, id);
    requireVersion(row.version, version);
    const pools = await tx
      .select({ name: proxyPools.name })
      .from(proxyPoolMembers)
      .innerJoin(proxyPools, eq(proxyPools.id, proxyPoolMembers.poolId))
      .where(eq(proxyPoolMembers.proxyId, id))
      .orderBy(asc(proxyPools.name));
    if (pools.length > 0) {
      const names = pools.map(({ name }) => JSON.stringify(name)).join(', ');
      throw new DomainFlowError('CONFLICT', `This proxy is in the pool ${names}: take it out first.`);
    }
    await tx.delete(proxies).where(eq(proxies.id, id));
    return { deleted: true as const };
  },
});
