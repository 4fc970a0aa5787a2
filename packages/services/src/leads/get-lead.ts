import { leadScores, leads } from '@domainflow/db/schema/lead.ts';
import { pages } from '@domainflow/db/schema/page.ts';
import { results } from '@domainflow/db/schema/result.ts';
import { leadIdSchema } from '@domainflow/domain/ids.ts';
import { PHASE_NAMES } from '@domainflow/domain/phases/phase.ts';
import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { instantSchema, leadViewSchema } from '../campaigns/views.ts';
import { query } from '../operation.ts';
import { findLead } from './find-lead.ts';
import { visibleCampaigns } from './lead-filters.ts';
import { leadView } from './lead-views.ts';

const MEMBERS_SHOWN = 50;
const SCORES_SHOWN = 100;

export const getLead = query({
  name: 'leads.get',
  summary: 'One lead with its evidence, the parts and the history of its score, and its near-duplicates',
  rest: { method: 'GET', path: '/leads/{id}' },
  access: 'member',
  input: z.object({ id: leadIdSchema }),
  output: leadViewSchema.extend({
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
    const key = { campaignId: row.campaignId, ordinal: row.ordinal };
    const found = await db
      .select()
      .from(results)
      .where(and(eq(results.campaignId, key.campaignId), eq(results.ordinal, key.ordinal)));
    const [page] = await db
      .select()
      .from(pages)
      .where(and(eq(pages.campaignId, key.campaignId), eq(pages.ordinal, key.ordinal)));
    const scores = await db
      .select()
      .from(leadScores)
      .where(and(eq(leadScores.campaignId, key.campaignId), eq(leadScores.ordinal, key.ordinal)))
      .orderBy(desc(leadScores.at))
      .limit(SCORES_SHOWN);
    const members =
      row.groupId === null
        ? []
        : await db
            .select()
            .from(leads)
            .where(
              and(
                eq(leads.groupId, row.groupId),
                sql`${leads.campaignId} IN (${visibleCampaigns(actor, undefined)})`,
                sql`${leads.id} <> ${row.id}`,
              ),
            )
            .orderBy(desc(leads.score), leads.id)
            .limit(MEMBERS_SHOWN);
    const view = await leadView(db, row);
    const features = view.isSuppressed ? undefined : page?.features;
    return {
      ...view,
      results: view.isSuppressed
        ? []
        : found
            .sort((a, b) => PHASE_NAMES.indexOf(a.phase) - PHASE_NAMES.indexOf(b.phase))
            .map(({ phase, verdict, code, checkedAt, evidence }) => ({
              ...{ phase, verdict, code, checkedAt, evidence },
            })),
      page:
        features === undefined || page === undefined
          ? null
          : {
              fetchedAt: page.fetchedAt,
              description: features.description ?? null,
              language: features.language ?? features.guessedLanguage ?? null,
              headings: (features.headings ?? []).slice(0, 30),
              forms: [...(features.forms ?? [])],
              payments: [...(features.payments ?? [])],
              trackers: [...(features.trackers ?? [])],
            },
      scoreHistory: [
        {
          score: row.score,
          scoreProfileId: row.scoreProfileId,
          scoreProfileVersion: row.scoreProfileVersion,
          at: row.scoredAt,
        },
        ...scores.map(({ score, profileId, profileVersion, at }) => ({
          ...{ score, at },
          scoreProfileId: profileId,
          scoreProfileVersion: profileVersion,
        })),
      ],
      groupMembers: members.map(({ id: leadId, campaignId, domain, title, score, state, groupReasons }) => ({
        ...{ leadId, campaignId, domain, title, score, state, groupReasons },
      })),
    };
  },
});
