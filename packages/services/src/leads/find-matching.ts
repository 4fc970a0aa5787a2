import type { Database } from '@domainflow/db/client.ts';
import { type SQL, sql } from 'drizzle-orm';
import type { Actor } from '../operation/operation.ts';
import { COUNTED_EXACTLY, countRows, estimateRows, type RowCount } from '../rows/count-rows.ts';
import { isIndexedPart, nameContains } from '../rows/name-search.ts';
import {
  type LeadFilters,
  leadConditions,
  matchingLeads,
  visibleCampaigns,
  wantedTerms,
} from './lead-filters.ts';

/** Leads that are looked up one by one; where more match, some soon come along in any order. */
const FEW = 5_000;
/** Where the planner expects more than this, a glance shows that it is not mistaken altogether. */
const MANY = 50_000;
const GLANCE = 1_000;

interface MatchingLeads {
  /** All that match, as leads `l` in a FROM clause with its conditions. */
  readonly from: SQL;
  /** Whether `from` finds them by their keys, because they are few. */
  readonly isRare: boolean;
  readonly count: RowCount;
}

interface Found extends Record<string, unknown> {
  readonly n: number;
  readonly campaigns: string[] | null;
  readonly ordinals: string[] | null;
}

/**
 * The leads that the filters match, and how many they are. What terms and search match is looked up first: where that is
 * little it is named by its keys, which keeps the planner, who does not know how rare a thing is, from walking through a
 * million leads in the order asked for; and where nothing else is asked for, it is also the count. `exactUpTo` is for
 * filters of both kinds, whose count looks up each lead in two tables.
 */
export async function findMatching(
  db: Database,
  actor: Actor,
  filters: LeadFilters,
  exactUpTo = COUNTED_EXACTLY,
): Promise<MatchingLeads> {
  const visible = visibleCampaigns(actor, filters.campaignId);
  const conditions = leadConditions(filters);
  const all = matchingLeads(actor, filters);
  const byTerms = termMatches(filters, visible);
  if (byTerms === null) return { from: all, isRare: false, count: await countRows(db, all) };
  const estimate = await estimateRows(db, byTerms);
  const counted = estimate > MANY ? GLANCE : Math.max(FEW, exactUpTo);
  // Many are counted where they are; only the keys of few come here.
  const [found] = await db.execute<Found>(sql`
    SELECT count(*)::int AS n,
      CASE WHEN count(*) <= ${FEW} THEN array_agg(campaign_id)::text[] END AS campaigns,
      CASE WHEN count(*) <= ${FEW} THEN array_agg(ordinal)::text[] END AS ordinals
    FROM (SELECT campaign_id, ordinal FROM ${byTerms} LIMIT ${counted + 1}) AS found`);
  const n = found?.n ?? 0;
  const isAll = !hasOthers(filters);
  if (n <= Math.min(FEW, counted)) {
    // `OFFSET 0`: the few are found first, and what is left is asked of them.
    const from = sql`(SELECT * FROM leads l WHERE (l.campaign_id, l.ordinal) IN (SELECT * FROM unnest(
      ${sql.param(found?.campaigns ?? [])}::uuid[], ${sql.param(found?.ordinals ?? [])}::bigint[])) OFFSET 0) AS l
      WHERE ${conditions}`;
    return {
      ...{ from, isRare: true },
      count: isAll ? { total: n, totalExact: true } : await countRows(db, from),
    };
  }
  if (!isAll) return { from: all, isRare: false, count: await countRows(db, all, exactUpTo) };
  const totalExact = n <= counted;
  return { from: all, isRare: false, count: { total: totalExact ? n : Math.max(n, estimate), totalExact } };
}

/** A FROM clause of keys that terms and search match; null where neither is asked for. */
function termMatches(filters: LeadFilters, visible: SQL): SQL | null {
  const wanted = wantedTerms(filters);
  const { search } = filters;
  const conditions: SQL[] = [];
  if (wanted.length > 0) conditions.push(sql`terms @> ${sql.param(wanted)}::text[]`);
  if (search !== undefined && search !== '') {
    // What is too short for the index is read from one that holds all that is asked for, a quarter of the table.
    if (wanted.length === 0 && !isIndexedPart(search))
      return sql`leads WHERE ${nameContains(sql`domain`, search)} AND campaign_id = ANY (ARRAY(${visible}))`;
    conditions.push(nameContains(sql`domain`, search));
  }
  if (conditions.length === 0) return null;
  return sql`lead_terms WHERE ${sql.join(conditions, sql` AND `)} AND campaign_id = ANY (ARRAY(${visible}))`;
}

/** Whether more is asked for than terms and search. */
const hasOthers = ({ state, tag, minScore, maxScore, groupId }: LeadFilters): boolean =>
  [state, tag, minScore, maxScore, groupId].some((filter) => filter !== undefined);
