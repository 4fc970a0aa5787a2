import type { Database } from '@domainflow/db/client.ts';
import { type SQL, sql } from 'drizzle-orm';
import { containing } from '../like-pattern.ts';
import type { Actor } from '../operation.ts';
import { type LeadFilters, visibleCampaigns, wantedTerms } from './lead-filters.ts';

/** Leads that are looked up one by one; where more match, some soon come along in any order. */
const FEW = 5_000;

/**
 * A condition on leads `l` that names the keys of all that the terms or the search of the filters can match, where those
 * are few; null where there are many, or neither is asked for. It keeps the planner, which does not know how rare a thing
 * is, from walking through a million leads in the order asked for.
 */
export async function rareLeads(db: Database, actor: Actor, filters: LeadFilters): Promise<SQL | null> {
  const campaigns = visibleCampaigns(actor, filters.campaignId);
  const wanted = wantedTerms(filters);
  const { search } = filters;
  const conditions: SQL[] = [];
  if (wanted.length > 0) conditions.push(sql`terms @> ${sql.param(wanted)}::text[]`);
  if (search !== undefined && search !== '') conditions.push(sql`domain LIKE ${containing(search)}`);
  if (conditions.length === 0) return null;
  // Many are counted where they are; only the keys of few come here.
  const [few] = await db.execute<{ campaigns: string[] | null; ordinals: string[] | null }>(sql`
    SELECT array_agg(campaign_id)::text[] AS campaigns, array_agg(ordinal)::text[] AS ordinals
    FROM (
      SELECT campaign_id, ordinal FROM lead_terms
      WHERE ${sql.join(conditions, sql` AND `)} AND campaign_id = ANY (ARRAY(${campaigns}))
      LIMIT ${FEW + 1}) AS found
    HAVING count(*) <= ${FEW}`);
  if (few === undefined) return null;
  return sql`(l.campaign_id, l.ordinal) IN (SELECT * FROM unnest(
    ${sql.param(few.campaigns ?? [])}::uuid[], ${sql.param(few.ordinals ?? [])}::bigint[]))`;
}
