import type { Database } from '@domainflow/db/client.ts';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Actor, query } from '../operation/operation.ts';
import { findMatching } from './find-matching.ts';
import { type LeadFilters, leadConditions, leadFilters, visibleCampaigns } from './lead-filters.ts';

/** A sample is so many stretches of so many leads, evenly over all that one sees. */
const STRETCHES = 200;
const LEADS_A_STRETCH = 100;

const valuesSchema = z.array(z.object({ value: z.string(), count: z.int() }));

/** What a facet is called in the answer, by the kind of its terms. */
const FACETS = {
  tag: 'tags',
  technology: 'technologies',
  keyword: 'keywords',
  language: 'languages',
  country: 'countries',
  state: 'states',
  has: 'contacts',
} as const;
type Kind = keyof typeof FACETS;

export const getLeadFacets = query({
  name: 'leads.facets',
  summary: 'Values of tags, technologies, keywords, languages, countries, states and contacts, with counts',
  rest: { method: 'GET', path: '/leads/facets' },
  access: 'member',
  input: z.object({
    /** Values of each, the most frequent ones. */
    limit: z.int().min(1).max(200).default(50),
    ...leadFilters,
  }),
  output: z.object({
    /** Leads that the filters match; an estimate where it is not exact. */
    total: z.int(),
    totalExact: z.boolean(),
    /** Whether counts are estimates: of more than 10,000 leads a sample is counted, and values that few have may lack. */
    isEstimated: z.boolean(),
    tags: valuesSchema,
    technologies: valuesSchema,
    keywords: valuesSchema,
    languages: valuesSchema,
    countries: valuesSchema,
    states: valuesSchema,
    /** `email`, `phone`, `social` and others: leads that have one. */
    contacts: valuesSchema,
  }),

  async run({ db, actor }, { limit, ...filters }) {
    const { from, count } = await findMatching(db, actor, filters);
    const rows = await countValues(db, count.totalExact ? from : sampleOf(actor, filters), limit);
    const scale = count.totalExact ? 1 : count.total / Math.max(1, rows[0]?.of ?? 1);
    const valuesOf = (kind: Kind): z.output<typeof valuesSchema> =>
      rows
        .filter((row) => row.kind === kind)
        .map((row) => ({ value: row.value, count: Math.round(row.count * scale) }));
    return {
      ...count,
      isEstimated: !count.totalExact,
      tags: valuesOf('tag'),
      technologies: valuesOf('technology'),
      keywords: valuesOf('keyword'),
      languages: valuesOf('language'),
      countries: valuesOf('country'),
      states: valuesOf('state'),
      contacts: valuesOf('has'),
    };
  },
});

interface ValueCount extends Record<string, unknown> {
  readonly kind: string;
  readonly value: string;
  readonly count: number;
  /** Leads that were looked at. */
  readonly of: number;
}

/** The most frequent values of each kind among leads `l`, which `from` gives (a FROM clause with its conditions). */
async function countValues(db: Database, from: SQL, limit: number): Promise<ValueCount[]> {
  return db.execute<ValueCount>(sql`
    WITH matching AS MATERIALIZED (SELECT l.campaign_id, l.ordinal, l.tags, l.state FROM ${from}),
    terms AS (
      SELECT unnest(t.terms) AS term FROM matching m
      JOIN lead_terms t ON t.campaign_id = m.campaign_id AND t.ordinal = m.ordinal
      UNION ALL SELECT 'tag:' || unnest(tags) FROM matching
      UNION ALL SELECT 'state:' || state FROM matching),
    counted AS (SELECT term, count(*)::int AS count FROM terms GROUP BY term),
    ranked AS (
      SELECT split_part(term, ':', 1) AS kind, substr(term, strpos(term, ':') + 1) AS value, count,
        row_number() OVER (PARTITION BY split_part(term, ':', 1) ORDER BY count DESC, term) AS place
      FROM counted)
    SELECT kind, value, count, (SELECT count(*)::int FROM matching) AS of FROM ranked
    WHERE place <= ${limit} AND kind = ANY (${sql.param(Object.keys(FACETS))}::text[])
    ORDER BY kind, place`);
}

/** Leads of an even sample of all that the actor sees, those that the filters match. */
function sampleOf(actor: Actor, filters: LeadFilters): SQL {
  return sql`(
    WITH extents AS (
      SELECT c.id, ends.lo, ends.hi FROM (${visibleCampaigns(actor, filters.campaignId)}) AS c
      CROSS JOIN LATERAL (
        SELECT min(ordinal) AS lo, max(ordinal) + 1 AS hi FROM leads WHERE campaign_id = c.id) AS ends
      WHERE ends.lo IS NOT NULL),
    placed AS (
      SELECT id, lo, hi, sum(hi - lo) OVER (ORDER BY id) - (hi - lo) AS begins, sum(hi - lo) OVER () AS total FROM extents),
    stretches AS (
      SELECT p.id, (p.lo + each * p.total / ${STRETCHES}::int - p.begins)::bigint AS lo,
        ceil(p.total / ${STRETCHES}::int)::bigint AS length
      FROM generate_series(0, ${STRETCHES - 1}::int) AS each JOIN placed p
        ON each * p.total / ${STRETCHES}::int >= p.begins AND each * p.total / ${STRETCHES}::int < p.begins + (p.hi - p.lo))
    SELECT l.* FROM stretches s CROSS JOIN LATERAL (
      SELECT l.* FROM leads l
      WHERE l.campaign_id = s.id AND l.ordinal >= s.lo AND l.ordinal < s.lo + s.length
      ORDER BY l.ordinal LIMIT ${LEADS_A_STRETCH}::int) AS l
    OFFSET 0) AS l WHERE ${leadConditions(filters)}`;
}
