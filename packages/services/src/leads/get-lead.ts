import type { Database } from '@domainflow/db/client.ts';
import { leadScores, leads } from '@domainflow/db/schema/lead.ts';
import { pages } from '@domainflow/db/schema/page.ts';
import { results } from '@domainflow/db/schema/result.ts';
import { leadIdSchema } from '@domainflow/domain/ids.ts';
import { PHASE_NAMES } from '@domainflow/domain/phases/phase.ts';
import { and, desc, eq, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import { instantSchema, leadViewSchema } from '../campaigns/views.ts';
import { type Actor, query } from '../operation/operation.ts';
import { withoutValues } from '../suppressions/without-values.ts';
import { contactDetailSchema, contactDetails } from './contact-details.ts';
import { findLead } from './find-lead.ts';
import { visibleCampaigns } from './lead-filters.ts';
import { leadView } from './lead-views.ts';

const MEMBERS_SHOWN = 50;
const SCORES_SHOWN = 100;
const HEADINGS_SHOWN = 30;

export const getLead = query({
  name: 'leads.get',
  summary: 'One lead with its evidence, the parts and the history of its score, and its near-duplicates',
  rest: { method: 'GET', path: '/leads/{id}' },
  access: 'member',
  input: z.object({ id: leadIdSchema }),
  output: leadViewSchema.extend({
    contacts: z.array(contactDetailSchema),
    /** What each phase found of its domain. */
    results: z.array(
      z.object({
        phase: z.enum(PHASE_NAMES),
        verdict: z.string(),
        code: z.int().nullable(),
        checkedAt: instantSchema,
        evidence: z.record(z.string(), z.unknown()),
      }),
    ),
    page: z
      .object({
        fetchedAt: instantSchema,
        description: z.string().nullable(),
        language: z.string().nullable(),
        headings: z.array(z.string()),
        forms: z.array(z.string()),
        payments: z.array(z.string()),
        trackers: z.array(z.string()),
      })
      .nullable(),
    /** The present score first. */
    scoreHistory: z.array(
      z.object({
        score: z.int(),
        scoreProfileId: z.string().nullable(),
        scoreProfileVersion: z.int().nullable(),
        at: instantSchema,
      }),
    ),
    /** Others of its group, best first, at most 50. */
    groupMembers: z.array(
      z.object({
        leadId: z.string(),
        campaignId: z.string(),
        domain: z.string(),
        title: z.string().nullable(),
        score: z.int(),
        state: z.string(),
        groupReasons: z.array(z.string()),
      }),
    ),
  }),

  async run({ db, actor }, { id }) {
    const row = await findLead(db, actor, id);
    const view = await leadView(db, row);
    const shown = new Set(view.contacts.map(({ value }) => value));
    const hidden = row.contacts.map(({ value }) => value).filter((value) => !shown.has(value));
    return {
      ...view,
      contacts: await contactDetails(db, actor, row.domain, view.contacts),
      // What is quoted of a suppressed domain or address is not shown.
      results: view.isSuppressed ? [] : withoutValues(await readResults(db, row), hidden),
      page: view.isSuppressed ? null : withoutValues(await readPage(db, row), hidden),
      scoreHistory: await readScores(db, row),
      groupMembers: await readGroup(db, actor, row),
    };
  },
});

type LeadRow = typeof leads.$inferSelect;

/** What each phase found of the lead's domain, in the order of the phases. */
async function readResults(db: Database, { campaignId, ordinal }: LeadRow) {
  const found = await db
    .select()
    .from(results)
    .where(and(eq(results.campaignId, campaignId), eq(results.ordinal, ordinal)));
  return found
    .sort((a, b) => PHASE_NAMES.indexOf(a.phase) - PHASE_NAMES.indexOf(b.phase))
    .map(({ phase, verdict, code, checkedAt, evidence }) => ({ phase, verdict, code, checkedAt, evidence }));
}

async function readPage(db: Database, { campaignId, ordinal }: LeadRow) {
  const [page] = await db
    .select()
    .from(pages)
    .where(and(eq(pages.campaignId, campaignId), eq(pages.ordinal, ordinal)));
  if (page === undefined) return null;
  const { description, language, guessedLanguage, headings, forms, payments, trackers } = page.features;
  return {
    fetchedAt: page.fetchedAt,
    description: description ?? null,
    language: language ?? guessedLanguage ?? null,
    headings: (headings ?? []).slice(0, HEADINGS_SHOWN),
    forms: [...(forms ?? [])],
    payments: [...(payments ?? [])],
    trackers: [...(trackers ?? [])],
  };
}

/** The present score and those before, the latest first. */
async function readScores(db: Database, row: LeadRow) {
  const before = await db
    .select()
    .from(leadScores)
    .where(and(eq(leadScores.campaignId, row.campaignId), eq(leadScores.ordinal, row.ordinal)))
    .orderBy(desc(leadScores.at))
    .limit(SCORES_SHOWN);
  const { score, scoreProfileId, scoreProfileVersion, scoredAt } = row;
  return [
    { score, scoreProfileId, scoreProfileVersion, at: scoredAt },
    ...before.map(({ score: then, profileId, profileVersion, at }) => ({
      score: then,
      scoreProfileId: profileId,
      scoreProfileVersion: profileVersion,
      at,
    })),
  ];
}

/** The other leads of the group that the actor sees, the best first. */
async function readGroup(db: Database, actor: Actor, row: LeadRow) {
  if (row.groupId === null) return [];
  return db
    .select({
      leadId: leads.id,
      campaignId: leads.campaignId,
      domain: leads.domain,
      title: leads.title,
      score: leads.score,
      state: leads.state,
      groupReasons: leads.groupReasons,
    })
    .from(leads)
    .where(
      and(
        eq(leads.groupId, row.groupId),
        sql`${leads.campaignId} IN (${visibleCampaigns(actor, undefined)})`,
        ne(leads.id, row.id),
      ),
    )
    .orderBy(desc(leads.score), leads.id)
    .limit(MEMBERS_SHOWN);
}
