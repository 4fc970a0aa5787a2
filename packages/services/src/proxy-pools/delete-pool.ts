import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import { proxyPools } from '@domainflow/db/schema/proxy.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { proxyPoolIdSchema } from '@domainflow/domain/ids.ts';
import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { lockPool } from './lock-pool.ts';

export const deletePool = mutation({
  name: 'proxyPools.delete',
  summary: 'Delete a pool that no campaign under way needs; its proxies stay',
  rest: { method: 'DELETE', path: '/proxy-pools/{id}' },
  access: 'member',
  input: z.object({ id: proxyPoolIdSchema, version: z.int().optional() }),
  output: z.object({ deleted: z.literal(true) }),
  audit: ({ id }) => ({ entity: 'proxy_pool', entityId: id }),

  async run({ tx, actor }, { id, version }) {
    const row = await lockPool(tx, actor, id);
    requireVersion(row.version, version);
    const [user] = await tx
      .select({ campaignId: phaseRuns.campaignId })
      .from(phaseRuns)
      .innerJoin(campaigns, and(eq(campaigns.id, phaseRuns.campaignId), isNull(campaigns.deletedAt)))
      .where(
        or(
          and(
            inArray(phaseRuns.status, ['configured', 'running', 'paused']),
            eq(sql`${phaseRuns.config}->>'proxyAssignmentId'`, id),
          ),
          and(
            eq(phaseRuns.phase, 'http'),
            eq(phaseRuns.status, 'pending'),
            eq(campaigns.proxyAssignmentId, id),
          ),
        ),
      )
      .limit(1);
    if (user !== undefined) {
      throw new DomainFlowError('CONFLICT', 'A campaign is to go through this pool: change or end it first.');
    }
    await tx.delete(proxyPools).where(eq(proxyPools.id, id));
    return { deleted: true as const };
  },
});
