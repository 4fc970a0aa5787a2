import { proxyPools } from '@domainflow/db/schema/proxy.ts';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { nameTaken } from '../rows/unique-name.ts';
import { liveMembers } from './live-members.ts';
import { setMembers } from './members.ts';
import { checkPauses, poolDefaults, poolFields } from './pool-fields.ts';
import { poolViewOf, poolViewSchema } from './views.ts';

export const createPool = mutation({
  name: 'proxyPools.create',
  summary: 'Create a pool of proxies',
  rest: { method: 'POST', path: '/proxy-pools', status: 201 },
  access: 'member',
  input: z.object({ name: poolFields.name, ...poolDefaults, proxyIds: poolFields.proxyIds }),
  output: poolViewSchema,
  audit: ({ name, proxyIds }, output) => ({
    entity: 'proxy_pool',
    entityId: output.proxyPoolId,
    details: { name, proxies: proxyIds.length },
  }),

  async run({ tx, actor }, { proxyIds, ...fields }) {
    checkPauses(fields);
    const [row] = await tx
      .insert(proxyPools)
      .values({ ...fields, createdBy: actor.userId })
      .onConflictDoNothing({ target: proxyPools.name })
      .returning();
    if (row === undefined) throw nameTaken('proxy pool', fields.name);
    await setMembers(tx, row.id, proxyIds);
    return poolViewOf(row, await liveMembers(tx, row.id));
  },
});
