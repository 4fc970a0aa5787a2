import type { LeadFindings } from '@domainflow/domain/scoring/lead-findings.ts';
import type { ScoreFacts } from '@domainflow/domain/scoring/score-facts.ts';
import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** What a person has made of a lead. */
export const LEAD_STATES = ['new', 'contacted', 'qualified', 'rejected'] as const;

/**
 * Columns that are wide are kept out of line (migration 0009), so that a new score does not rewrite them; contacts, which
 * exports read of every lead, are in line (migration 0011).
 */
export const leads = pgTable(
  'leads',
  {
    campaignId: uuid('campaign_id').notNull(),
    ordinal: bigint('ordinal', { mode: 'number' }).notNull(),
    id: uuid('id').notNull().default(sql`uuidv7()`),
    domain: text('domain').notNull(),
    url: text('url').notNull(),
    title: text('title'),
    organisation: text('organisation'),
    score: integer('score').notNull(),
    /** As analysis gave them; `[]` once the lead has been scored again: then they are told from `facts`. */
    scoreParts: jsonb('score_parts').$type<LeadFindings['scoreParts']>().notNull(),
    /** With which profile the score was made, and which version of it; null: by the default of the platform's code. */
    scoreProfileId: uuid('score_profile_id'),
    scoreProfileVersion: integer('score_profile_version'),
    scoredAt: instant('scored_at').notNull().default(sql`now()`),
    /** All that a score rests on, short. */
    facts: jsonb('facts').$type<ScoreFacts>().notNull().default(sql`'{}'::jsonb`),
    keywordMatches: jsonb('keyword_matches').$type<LeadFindings['keywordMatches']>().notNull(),
    contacts: jsonb('contacts').$type<LeadFindings['contacts']>().notNull(),
    technologies: jsonb('technologies').$type<LeadFindings['technologies']>().notNull(),
    language: text('language'),
    country: text('country'),
    /** What near-duplicates are found by: 64-bit similarity hash, hash of the icon, SHA-256 of certificate and body. */
    simhash: bigint('simhash', { mode: 'bigint' }),
    faviconHash: integer('favicon_hash'),
    certificate: text('certificate'),
    trackers: text('trackers').array().notNull().default(sql`'{}'::text[]`),
    bodySha256: text('body_sha256'),
    /** Leads that are near-duplicates share it: the least id among them. */
    groupId: uuid('group_id'),
    groupReasons: text('group_reasons').array().notNull().default(sql`'{}'::text[]`),
    state: text('state', { enum: LEAD_STATES }).notNull().default('new'),
    tags: text('tags').array().notNull().default(sql`'{}'::text[]`),
    notes: text('notes').notNull().default(''),
    version: integer('version').notNull().default(1),
    lastProcessedAt: instant('last_processed_at').notNull().default(sql`now()`),
    /** When analysis or a person last changed it; a new score does not count. */
    updatedAt: instant('updated_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.ordinal] }),
    uniqueIndex('leads_id').on(table.id),
    index('leads_score').on(table.campaignId, table.score, table.ordinal),
    index('leads_updated').on(table.campaignId, table.updatedAt, table.ordinal),
    index('leads_domain').on(table.campaignId, table.domain, table.ordinal),
    index('leads_group').on(table.groupId, table.campaignId).where(sql`group_id IS NOT NULL`),
    index('leads_state')
      .on(table.campaignId, table.state, table.score, table.ordinal)
      .where(sql`state <> 'new'`),
    // Those without are often the worst: in the order of scores they would be looked for among all others first.
    index('leads_without_email')
      .on(table.campaignId, table.score, table.ordinal)
      .where(sql`NOT (contacts @? '$[*] ? (@.kind == "email")')`),
    index('leads_without_phone')
      .on(table.campaignId, table.score, table.ordinal)
      .where(sql`NOT (contacts @? '$[*] ? (@.kind == "phone")')`),
    index('leads_tags').using('gin', table.tags).where(sql`tags <> '{}'`),
  ],
);

/**
 * What lists of leads are filtered by, besides state and tags: `has:email`, `lacks:phone`, `keyword:…`, `technology:…`,
 * `language:…`, `country:…`, and parts of the domain. In a table of its own, whose indexes a new score leaves alone.
 */
export const leadTerms = pgTable(
  'lead_terms',
  {
    campaignId: uuid('campaign_id').notNull(),
    ordinal: bigint('ordinal', { mode: 'number' }).notNull(),
    terms: text('terms').array().notNull(),
    domain: text('domain').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.ordinal] }),
    index('lead_terms_terms').using('gin', table.terms),
    index('lead_terms_domain').using('gin', table.domain.op('gin_trgm_ops')),
    index('lead_terms_spelled')
      .using('gin', sql`spelled_name(domain) gin_trgm_ops`)
      .where(sql`domain LIKE '%xn--%'`),
  ],
);

/** Scores that leads had: `at` is when each was made, a new row when another takes its place. */
export const leadScores = pgTable(
  'lead_scores',
  {
    campaignId: uuid('campaign_id').notNull(),
    ordinal: bigint('ordinal', { mode: 'number' }).notNull(),
    at: instant('at').notNull(),
    score: integer('score').notNull(),
    profileId: uuid('profile_id'),
    profileVersion: integer('profile_version'),
  },
  (table) => [index('lead_scores_lead').on(table.campaignId, table.ordinal)],
);
