import { users } from '@domainflow/db/schema/account.ts';
import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { and, count, desc, eq, lt } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { cutPage, decodeCursor, pageOf, pagingInput } from '../rows/paging.ts';
import { requireVisible } from './reading/read-campaign.ts';
import { instantSchema } from './views.ts';

export const campaignHistory = query({
  name: 'campaigns.history',
  summary: 'Who did what with the campaign, newest first',
  rest: { method: 'GET', path: '/campaigns/{id}/history' },
  access: 'member',
  input: z.object({
    id: campaignIdSchema,
    limit: pagingInput.limit,
    cursor: pagingInput.cursor,
  }),
  output: pageOf(
    z.object({
      id: z.int(),
      at: instantSchema,
      /** Null: the platform itself. */
      user: z.string().nullable(),
      action: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  ),
  async run({ db, actor }, input) {
    await requireVisible(db, actor, input.id);
    const ofCampaign = and(eq(auditLogs.entity, 'campaign'), eq(auditLogs.entityId, input.id));
    const before =
      input.cursor === undefined
        ? undefined
        : lt(auditLogs.id, decodeCursor(input.cursor, z.tuple([z.int()]))[0]);
    const rows = await db
      .select({
        id: auditLogs.id,
        at: auditLogs.at,
        user: users.username,
        action: auditLogs.action,
        details: auditLogs.details,
      })
      .from(auditLogs)
      .leftJoin(users, eq(users.id, auditLogs.userId))
      .where(and(ofCampaign, before))
      .orderBy(desc(auditLogs.id))
      .limit(input.limit + 1);
    const [counted] = await db.select({ total: count() }).from(auditLogs).where(ofCampaign);
    const page = cutPage(rows, input.limit, ({ id }) => [id]);
    return {
      items: page.rows,
      nextCursor: page.nextCursor,
      total: counted?.total ?? 0,
      totalExact: true,
    };
  },
});
