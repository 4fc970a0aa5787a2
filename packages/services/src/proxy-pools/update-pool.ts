import { proxyPools } from '@domainflow/db/schema/proxy.ts';
import { proxyPoolIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { refuseTakenName } from '../rows/unique-name.ts';
import { writtenRow } from '../rows/written-row.ts';
import { liveMembers } from './live-members.ts';
import { lockPool } from './lock-pool.ts';
import { setMembers } from './members.ts';
import { checkPauses, poolFields } from './pool-fields.ts';
import { poolViewOf, poolViewSchema } from './views.ts';

export const updatePool = mutation({
  name: 'proxyPools.update',
  summary: 'Change a pool of proxies; batches that begin after it use it as it is then',
  rest: { method: 'PUT', path: '/proxy-pools/{id}' },
  access: 'member',
  input: z.object({ id: proxyPoolIdSchema, version: z.int(), ...z.object(poolFields).partial().shape }),
  output: poolViewSchema,
  audit: ({ id }, { name, version, proxyCount }) => ({
    entity: 'proxy_pool',
    entityId: id,
    details: { name, version, proxies: proxyCount },
  }),

  async run({ tx, actor }, { id, version, proxyIds, ...given }) {
    const before = await lockPool(tx, actor, id);
    requireVersion(before.version, version);
    const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const next = { ...before, ...fields };
    checkPauses(next);
    const updated = await tx
      .update(proxyPools)
      .set({ ...fields, version: before.version + 1, updatedAt: sql`now()` })
      .where(eq(proxyPools.id, id))
      .returning()
      .catch(refuseTakenName('proxy_pools_name_unique', 'proxy pool', next.name));
    if (proxyIds !== undefined) await setMembers(tx, id, proxyIds);
    return poolViewOf(writtenRow(updated), await liveMembers(tx, id));
  },
});
