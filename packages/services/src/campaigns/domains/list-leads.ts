import { leads } from '@domainflow/db/schema/lead.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { and, asc, count, desc, eq, gt, gte, like, lt, or, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { containing } from '../../like-pattern.ts';
import { query } from '../../operation.ts';
import { decodeCursor, encodeCursor, pageOf, pagingInput } from '../../paging.ts';
import { requireVisible } from '../reading/read-campaign.ts';
import { leadViewSchema } from '../views.ts';
import { leadView } from './lead-view.ts';

const SORTS = { score: leads.score, domain: leads.domain } as const;

export const listLeads = query({
  name: 'campaigns.leads',
  summary: 'The leads of a campaign, best first unless sorted otherwise',
  rest: { method: 'GET', path: '/campaigns/{id}/leads' },
  access: 'member',
  input: z.object({
    id: campaignIdSchema,
    ...pagingInput,
    order: z.enum(['asc', 'desc']).default('desc'),
    sort: z.enum(['score', 'domain']).default('score'),
    minScore: z.int().min(0).max(100).optional(),
    /** Part of the domain. */
    search: z.string().trim().toLowerCase().max(253).optional(),
  }),
  output: pageOf(leadViewSchema),
  async run({ db, actor }, input) {
    await requireVisible(db, actor, input.id);
    const filters = and(
      eq(leads.campaignId, input.id),
      input.minScore === undefined ? undefined : gte(leads.score, input.minScore),
      input.search === undefined ? undefined : like(leads.domain, containing(input.search)),
    );
    const direction = input.order === 'asc' ? asc : desc;
    const rows = await db
      .select()
      .from(leads)
      .where(and(filters, after(input)))
      .orderBy(direction(SORTS[input.sort]), direction(leads.ordinal))
      .limit(input.limit + 1)
      .offset(input.cursor === undefined ? input.offset : 0);
    const [counted] = await db.select({ total: count() }).from(leads).where(filters);
    const items = rows.slice(0, input.limit);
    const last = items.at(-1);
    return {
      items: items.map(leadView),
      nextCursor:
        rows.length > input.limit && last !== undefined
          ? encodeCursor([input.sort, last[input.sort], last.ordinal])
          : null,
      total: counted?.total ?? 0,
      totalExact: true,
    };
  },
});

function after(input: {
  cursor?: string | undefined;
  sort: keyof typeof SORTS;
  order: 'asc' | 'desc';
}): SQL | undefined {
  if (input.cursor === undefined) return undefined;
  const value = input.sort === 'score' ? z.int32() : z.string();
  const [, last, ordinal] = decodeCursor(input.cursor, z.tuple([z.literal(input.sort), value, z.int()]));
  const key = SORTS[input.sort];
  const beyond = input.order === 'asc' ? gt : lt;
  return or(beyond(key, last), and(eq(key, last), beyond(leads.ordinal, ordinal)));
}
