import { users } from '@domainflow/db/schema/account.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { CAMPAIGN_STATUSES, PHASE_STATUSES } from '@domainflow/domain/campaign/states.ts';
import { CAMPAIGN_TYPES } from '@domainflow/domain/campaign/types.ts';
import { PHASE_NAMES } from '@domainflow/domain/phases/phase.ts';
import { and, arrayContains, asc, count, desc, eq, gt, ilike, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { containing } from '../rows/like-pattern.ts';
import { cursorInstant, cutPage, decodeCursor, pageOf, pagingInput } from '../rows/paging.ts';
import { campaignColumns, campaignCore } from './reading/campaign-core.ts';
import { campaignSummarySchema } from './views.ts';
import { visibleTo } from './visible-campaigns.ts';

const SORTS = {
  createdAt: campaigns.createdAt,
  updatedAt: campaigns.updatedAt,
  campaignName: campaigns.name,
  status: campaigns.status,
} as const;
/** What a cursor holds of the last row: a value that can be compared with the column. */
const CURSOR_VALUES = {
  createdAt: cursorInstant,
  updatedAt: cursorInstant,
  campaignName: z.string(),
  status: z.enum(CAMPAIGN_STATUSES),
} as const;
const SORT_NAMES = Object.keys(SORTS) as (keyof typeof SORTS)[];

const phasesSchema = z.array(
  z.object({
    phase: z.enum(PHASE_NAMES),
    status: z.enum(PHASE_STATUSES),
    total: z.int(),
    processed: z.int(),
  }),
);

/** Phases with their progress; only open batches are looked at, so that it costs little for campaigns that are done. */
const phasesColumn = sql<unknown>`(
  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'phase', p.phase, 'status', p.status, 'total', p.total,
    'processed', p.total - coalesce((
      SELECT sum(b.items - b.processed) FROM batches b
      WHERE b.campaign_id = p.campaign_id AND b.phase = p.phase AND b.status IN ('pending', 'leased')), 0))
    ORDER BY p.position), '[]'::jsonb)
  FROM phase_runs p WHERE p.campaign_id = ${campaigns.id})`;

export const listCampaigns = query({
  name: 'campaigns.list',
  summary: 'Campaigns, newest first unless sorted otherwise',
  rest: { method: 'GET', path: '/campaigns' },
  access: 'member',
  input: z.object({
    ...pagingInput,
    order: z.enum(['asc', 'desc']).default('desc'),
    sort: z.enum(SORT_NAMES).default('createdAt'),
    status: z.enum(CAMPAIGN_STATUSES).optional(),
    type: z.enum(CAMPAIGN_TYPES).optional(),
    tag: z.string().max(50).optional(),
    /** Part of the name, any case. */
    search: z.string().trim().max(200).optional(),
  }),
  output: pageOf(campaignSummarySchema),
  async run({ db, actor }, input) {
    const filters = and(
      visibleTo(actor),
      input.status === undefined ? undefined : eq(campaigns.status, input.status),
      input.type === undefined ? undefined : eq(campaigns.type, input.type),
      input.tag === undefined ? undefined : arrayContains(campaigns.tags, [input.tag]),
      input.search === undefined ? undefined : ilike(campaigns.name, containing(input.search)),
    );
    const direction = input.order === 'asc' ? asc : desc;
    const key = SORTS[input.sort];
    const rows = await db
      .select({ ...campaignColumns, phases: phasesColumn, sortKey: key })
      .from(campaigns)
      .innerJoin(users, eq(users.id, campaigns.ownerId))
      .where(and(filters, after(input)))
      .orderBy(direction(key), direction(campaigns.id))
      .limit(input.limit + 1)
      .offset(input.cursor === undefined ? input.offset : 0);
    const [counted] = await db.select({ total: count() }).from(campaigns).where(filters);
    const page = cutPage(rows, input.limit, ({ sortKey, campaign }) => [input.sort, sortKey, campaign.id]);
    return {
      items: page.rows.map((row) => {
        const phases = phasesSchema.parse(row.phases);
        return { ...campaignCore(row, phases), phases };
      }),
      nextCursor: page.nextCursor,
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
  const [, value, id] = decodeCursor(
    input.cursor,
    z.tuple([z.literal(input.sort), CURSOR_VALUES[input.sort], z.uuid()]),
  );
  const key = SORTS[input.sort];
  const beyond = input.order === 'asc' ? gt : lt;
  const literal = sql`${value}::${sql.raw(key.getSQLType())}`;
  return or(beyond(key, literal), and(eq(key, literal), beyond(campaigns.id, id)));
}
