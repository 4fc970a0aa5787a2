import type { Database } from '@domainflow/db/client.ts';
import { leads } from '@domainflow/db/schema/lead.ts';
import { inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { leadViewSchema } from '../campaigns/views.ts';
import { type Actor, query } from '../operation/operation.ts';
import { cursorInstant, cutPage, decodeCursor, pageOf, pagingInput } from '../rows/paging.ts';
import { findMatching } from './find-matching.ts';
import { leadConditions, leadFilters, visibleCampaigns } from './lead-filters.ts';
import { leadViews } from './lead-views.ts';

/** How leads can be sorted: column, and what a position among them looks like. */
const SORTS = {
  score: { column: sql`score`, type: sql`int`, value: z.int32() },
  updated: { column: sql`updated_at`, type: sql`timestamptz`, value: cursorInstant },
  domain: { column: sql`domain`, type: sql`text`, value: z.string() },
} as const;

/** A page is there for its leads: beyond, the count of filters that two tables answer would take most of its time. */
const EXACT_UP_TO = 1_000;

export const leadListInput = {
  ...pagingInput,
  order: z.enum(['asc', 'desc']).default('desc'),
  sort: z.enum(['score', 'updated', 'domain']).default('score'),
  ...leadFilters,
};
type LeadListInput = z.output<z.ZodObject<typeof leadListInput>>;
export const leadPageSchema = pageOf(leadViewSchema);

export const listAllLeads = query({
  name: 'leads.list',
  summary: 'Leads of all campaigns, best first unless sorted otherwise',
  rest: { method: 'GET', path: '/leads' },
  access: 'member',
  input: z.object(leadListInput),
  output: leadPageSchema,
  run: ({ db, actor }, input) => pageOfLeads(db, actor, input),
});

/**
 * A page of leads. Each campaign gives its first ones by an index of its own, and the best of those are taken: leads
 * need not know who may see them, and a deleted campaign is gone at once.
 */
export async function pageOfLeads(
  db: Database,
  actor: Actor,
  input: LeadListInput,
): Promise<z.input<typeof leadPageSchema>> {
  const { column } = SORTS[input.sort];
  const direction = input.order === 'asc' ? sql`ASC` : sql`DESC`;
  const offset = input.cursor === undefined ? input.offset : 0;
  const needed = input.limit + 1 + offset;
  const { from, isRare, count } = await findMatching(db, actor, input, EXACT_UP_TO);
  const byOrder = sql`ORDER BY l.${column} ${direction}, l.campaign_id ${direction}, l.ordinal ${direction}`;
  const first = isRare
    ? sql`(
      SELECT l.id, l.${column} AS key, l.campaign_id, l.ordinal FROM ${from} ${beyond(input)}
      ${byOrder} LIMIT ${needed}) AS best`
    : sql`
      (${visibleCampaigns(actor, input.campaignId)}) AS c
      CROSS JOIN LATERAL (
        SELECT l.id, l.${column} AS key, l.campaign_id, l.ordinal FROM leads l
        WHERE l.campaign_id = c.id AND ${leadConditions(input)} ${beyond(input)}
        ORDER BY l.${column} ${direction}, l.ordinal ${direction}
        LIMIT ${needed}) AS best`;
  const found = await db.execute<{
    id: string;
    key: string | number;
    campaign_id: string;
    ordinal: string;
  }>(sql`
    SELECT best.id, best.key, best.campaign_id, best.ordinal
    FROM ${first}
    ORDER BY best.key ${direction}, best.campaign_id ${direction}, best.ordinal ${direction}
    LIMIT ${input.limit + 1} OFFSET ${offset}`);
  const page = cutPage(found, input.limit, ({ key, campaign_id, ordinal }) => [
    input.sort,
    keyText(input.sort, key),
    campaign_id,
    Number(ordinal),
  ]);
  const ids = page.rows.map(({ id }) => id);
  const rows = ids.length === 0 ? [] : await db.select().from(leads).where(inArray(leads.id, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    items: await leadViews(
      db,
      ids.map((id) => byId.get(id)).filter((row) => row !== undefined),
    ),
    nextCursor: page.nextCursor,
    ...count,
  };
}

const keyText = (sort: keyof typeof SORTS, key: string | number): string | number =>
  sort === 'updated' ? new Date(key).toISOString() : key;

/** Behind the position that the cursor names. The first condition is what the index can use. */
function beyond(input: Pick<LeadListInput, 'cursor' | 'sort' | 'order'>): SQL {
  if (input.cursor === undefined) return sql``;
  const { column, type, value } = SORTS[input.sort];
  const [, key, campaignId, ordinal] = decodeCursor(
    input.cursor,
    z.tuple([z.literal(input.sort), value, z.uuid(), z.int()]),
  );
  const at = sql`${key}::${type}`;
  const [orEqual, strictly] = input.order === 'asc' ? [sql`>=`, sql`>`] : [sql`<=`, sql`<`];
  return sql`AND l.${column} ${orEqual} ${at}
    AND (l.${column}, l.campaign_id, l.ordinal) ${strictly} (${at}, ${campaignId}::uuid, ${ordinal}::bigint)`;
}
