import { LEAD_STATES } from '@domainflow/db/schema/lead.ts';
import { leadJobs } from '@domainflow/db/schema/lead-job.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation, query } from '../operation/operation.ts';
import { cutPage, decodeCursor, pageOf, pagingInput } from '../rows/paging.ts';
import { writtenRow } from '../rows/written-row.ts';
import { decide, decisionFields } from './edit-fields.ts';
import { leadJobView, leadJobViewSchema } from './job-views.ts';
import { visibleCampaigns } from './lead-filters.ts';

const groupSchema = z.object({
  groupId: z.string(),
  /** Leads of it that you see. */
  size: z.int(),
  bestScore: z.int(),
  /** Why they are one group: `body`, `simhash`, `favicon`, `certificate`, `tracker`. */
  reasons: z.array(z.string()),
  states: z.record(z.string(), z.int()),
  /** Domains of the best leads, at most five. */
  domains: z.array(z.string()),
});

type LeadState = (typeof LEAD_STATES)[number];

interface GroupRow extends Record<string, unknown>, Readonly<Record<LeadState, number>> {
  readonly group_id: string;
  readonly size: number;
  readonly best: number;
  /** Those of each lead, with commas. */
  readonly reasons: string[];
  readonly domains: string[];
  readonly total: number;
}

export const listLeadGroups = query({
  name: 'leads.groups',
  summary: 'Groups of near-duplicates, the largest first',
  rest: { method: 'GET', path: '/leads/groups' },
  access: 'member',
  input: z.object({
    limit: pagingInput.limit,
    cursor: pagingInput.cursor,
    campaignId: campaignIdSchema.optional(),
  }),
  output: pageOf(groupSchema),
  async run({ db, actor }, { limit, cursor, campaignId }) {
    const after = cursor === undefined ? null : decodeCursor(cursor, z.tuple([z.int(), z.uuid()]));
    const sizes = sql`
      SELECT group_id, count(*)::int AS size FROM leads
      WHERE group_id IS NOT NULL AND campaign_id IN (${visibleCampaigns(actor, campaignId)})
      GROUP BY group_id HAVING count(*) > 1`;
    const rows = await db.execute<GroupRow>(sql`
      WITH sizes AS MATERIALIZED (${sizes}),
      page AS (
        SELECT * FROM sizes
        ${after === null ? sql`` : sql`WHERE (size, group_id) < (${after[0]}, ${after[1]}::uuid)`}
        ORDER BY size DESC, group_id DESC LIMIT ${limit + 1})
      SELECT page.group_id, page.size, max(l.score) AS best,
        (array_agg(l.domain ORDER BY l.score DESC, l.domain))[1:5] AS domains,
        array_agg(DISTINCT array_to_string(l.group_reasons, ',')) AS reasons,
        ${sql.join(
          LEAD_STATES.map(
            (state) => sql`count(*) FILTER (WHERE l.state = ${state})::int AS ${sql.identifier(state)}`,
          ),
          sql`, `,
        )},
        (SELECT count(*)::int FROM sizes) AS total
      FROM page JOIN leads l ON l.group_id = page.group_id AND l.campaign_id IN (${visibleCampaigns(actor, campaignId)})
      GROUP BY page.group_id, page.size
      ORDER BY page.size DESC, page.group_id DESC`);
    const page = cutPage(rows, limit, (row) => [row.size, row.group_id]);
    return {
      items: page.rows.map((row) => ({
        groupId: row.group_id,
        size: row.size,
        bestScore: row.best,
        reasons: [...new Set(row.reasons.flatMap((reasons) => reasons.split(',')))]
          .filter(Boolean)
          .toSorted(),
        states: Object.fromEntries(
          LEAD_STATES.filter((state) => row[state] > 0).map((state) => [state, row[state]]),
        ),
        domains: row.domains,
      })),
      nextCursor: page.nextCursor,
      total: rows[0]?.total ?? 0,
      totalExact: true,
    };
  },
});

export const decideOnGroup = mutation({
  name: 'leads.decideOnGroup',
  summary: 'Change state and tags of all leads of a group that you see',
  rest: { method: 'PUT', path: '/leads/groups/{id}' },
  access: 'member',
  input: z.object({ id: z.uuid(), ...decisionFields }),
  output: z.object({ updated: z.int() }),
  audit: ({ id, state, addTags, removeTags }, { updated }) => ({
    entity: 'lead_group',
    entityId: id,
    details: { updated, state, addTags, removeTags },
  }),
  async run({ tx, actor }, { id, ...decision }) {
    const group = sql`
      leads l WHERE l.group_id = ${id}::uuid AND l.campaign_id IN (${visibleCampaigns(actor, undefined)})`;
    const updated = await decide({ tx, actor }, group, decision);
    if (updated === 0) throw notFound('lead group', id);
    return { updated };
  },
});

export const findGroups = mutation({
  name: 'leads.findGroups',
  summary: 'Find near-duplicates among the leads of all your campaigns; also done when an analysis ends',
  rest: { method: 'POST', path: '/leads/groups/find', status: 202 },
  access: 'member',
  input: z.object({}),
  output: leadJobViewSchema,
  audit: (_, { leadJobId }) => ({ entity: 'lead_job', entityId: leadJobId }),
  async run({ tx, actor }) {
    const written = await tx.insert(leadJobs).values({ kind: 'group', ownerId: actor.userId }).returning();
    return leadJobView(writtenRow(written));
  },
});
