import { LEAD_STATES } from '@domainflow/db/schema/lead.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { leadTerm } from '@domainflow/domain/scoring/lead-marks.ts';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Actor } from '../operation/operation.ts';
import { nameContains } from '../rows/name-search.ts';

const named = z.string().trim().min(1).max(200).optional();

/** What leads can be filtered by; all given filters must hold. */
export const leadFilters = {
  campaignId: campaignIdSchema.optional(),
  state: z.enum(LEAD_STATES).optional(),
  tag: named,
  minScore: z.int().min(0).max(100).optional(),
  maxScore: z.int().min(0).max(100).optional(),
  hasEmail: z.boolean().optional(),
  hasPhone: z.boolean().optional(),
  hasSocial: z.boolean().optional(),
  /** A keyword that was found, a technology in use, by name and without regard to case. */
  keyword: named,
  technology: named,
  /** `de` matches `de-AT` too. */
  language: z.string().trim().min(2).max(8).optional(),
  country: z.string().trim().length(2).optional(),
  groupId: z.uuid().optional(),
  /** Part of the domain, in Unicode too. */
  search: z.string().trim().toLowerCase().max(253).optional(),
};
const filtersSchema = z.object(leadFilters);
export type LeadFilters = z.output<typeof filtersSchema>;

const HAS = { email: 'hasEmail', phone: 'hasPhone', social: 'hasSocial' } as const;

/** The terms that a lead must have for the filters to hold. */
export function wantedTerms(filters: LeadFilters): string[] {
  const wanted: string[] = [];
  for (const kind of ['keyword', 'technology', 'language', 'country'] as const) {
    const value = filters[kind];
    if (value !== undefined) wanted.push(leadTerm(kind, value));
  }
  for (const [kind, filter] of Object.entries(HAS))
    if (filters[filter] !== undefined) wanted.push(leadTerm(filters[filter] ? 'has' : 'lacks', kind));
  return wanted;
}

const terms = (wanted: readonly string[]): SQL => sql`EXISTS (
  SELECT FROM lead_terms t WHERE t.campaign_id = l.campaign_id AND t.ordinal = l.ordinal
    AND t.terms @> ${sql.param([...wanted])}::text[])`;

/** Conditions on leads `l`. */
export function leadConditions(filters: LeadFilters): SQL {
  const where: SQL[] = [sql`true`];
  if (filters.state !== undefined) where.push(sql`l.state = ${filters.state}`);
  if (filters.tag !== undefined)
    where.push(sql`l.tags @> ${sql.param([filters.tag])}::text[] AND l.tags <> '{}'`);
  if (filters.minScore !== undefined) where.push(sql`l.score >= ${filters.minScore}`);
  if (filters.maxScore !== undefined) where.push(sql`l.score <= ${filters.maxScore}`);
  if (filters.groupId !== undefined) where.push(sql`l.group_id = ${filters.groupId}::uuid`);
  if (filters.search !== undefined && filters.search !== '')
    where.push(nameContains(sql`l.domain`, filters.search));
  // As the indexes have it, so that the planner knows them again.
  if (filters.hasEmail === false) where.push(sql.raw(`NOT (l.contacts @? '$[*] ? (@.kind == "email")')`));
  if (filters.hasPhone === false) where.push(sql.raw(`NOT (l.contacts @? '$[*] ? (@.kind == "phone")')`));
  const wanted = wantedTerms(filters);
  if (wanted.length > 0) where.push(terms(wanted));
  return sql.join(where, sql` AND `);
}

/** Ids of the campaigns whose leads the actor sees, those of the filter among them. */
export function visibleCampaigns(actor: Actor, campaignId: string | undefined): SQL {
  const own = actor.role === 'admin' ? sql`` : sql`AND c.owner_id = ${actor.userId}::uuid`;
  const one = campaignId === undefined ? sql`` : sql`AND c.id = ${campaignId}::uuid`;
  return sql`SELECT c.id FROM campaigns c WHERE c.deleted_at IS NULL ${own} ${one}`;
}

/** All leads `l` that the actor sees and the filters match, as a FROM clause with its conditions. */
export const matchingLeads = (actor: Actor, filters: LeadFilters): SQL => sql`
  leads l WHERE l.campaign_id IN (${visibleCampaigns(actor, filters.campaignId)}) AND ${leadConditions(filters)}`;
