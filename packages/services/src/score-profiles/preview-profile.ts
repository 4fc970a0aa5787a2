import type { Database } from '@domainflow/db/client.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import type { ScoreFacts } from '@domainflow/domain/scoring/score-facts.ts';
import { scoreLead } from '@domainflow/domain/scoring/score-lead.ts';
import { scoreProfileSchema } from '@domainflow/domain/scoring/score-profile.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireVisible } from '../campaigns/reading/read-campaign.ts';
import { query } from '../operation/operation.ts';

/** Leads that are ranked while a person waits: of a larger campaign those with the best scores now. */
const LEADS_RANKED = 10_000;

interface Ranked {
  readonly id: string;
  readonly domain: string;
  readonly title: string | null;
  readonly facts: ScoreFacts;
  readonly before: number;
  readonly rankBefore: number;
  readonly after: number;
}

export const previewScoreProfile = query({
  name: 'scoreProfiles.preview',
  summary: 'How weights would rank the leads of a campaign, next to how they rank now; nothing is changed',
  rest: { method: 'POST', path: '/score-profiles/preview' },
  access: 'member',
  input: z.object({
    campaignId: campaignIdSchema,
    weights: scoreProfileSchema,
    limit: z.int().min(1).max(200).default(20),
  }),
  output: z.object({
    /** Best first by the weights. Ranks begin at 1. */
    items: z.array(
      z.object({
        leadId: z.string(),
        domain: z.string(),
        title: z.string().nullable(),
        scoreBefore: z.int(),
        scoreAfter: z.int(),
        rankBefore: z.int(),
        rankAfter: z.int(),
        /** Without the texts that a lead itself has: open it for these. */
        scoreParts: z.array(z.object({ part: z.string(), points: z.number(), reason: z.string() })),
      }),
    ),
    /** Leads of the campaign, those ranked (the best 10,000 by their present scores), and of these those that change. */
    total: z.int(),
    ranked: z.int(),
    changed: z.int(),
    meanBefore: z.number(),
    meanAfter: z.number(),
  }),

  async run({ db, actor }, { campaignId, weights, limit }) {
    await requireVisible(db, actor, campaignId);
    const rows = await readLeads(db, campaignId);
    const ranked: Ranked[] = rows.map((row, index) => ({
      ...row,
      rankBefore: index + 1,
      after: 'keywords' in row.facts ? scoreLead(row.facts, weights).score : row.before,
    }));
    const after = ranked.toSorted((a, b) => b.after - a.after || a.rankBefore - b.rankBefore);
    const mean = (of: (lead: Ranked) => number): number =>
      ranked.length === 0 ? 0 : ranked.reduce((sum, lead) => sum + of(lead), 0) / ranked.length;
    const [counted] = await db.execute<{ n: string }>(
      sql`SELECT count(*) AS n FROM leads WHERE campaign_id = ${campaignId}::uuid`,
    );
    return {
      items: after.slice(0, limit).map((lead, index) => ({
        leadId: lead.id,
        domain: lead.domain,
        title: lead.title,
        scoreBefore: lead.before,
        scoreAfter: lead.after,
        rankBefore: lead.rankBefore,
        rankAfter: index + 1,
        scoreParts: 'keywords' in lead.facts ? [...scoreLead(lead.facts, weights).parts] : [],
      })),
      total: Number(counted?.n ?? 0),
      ranked: ranked.length,
      changed: ranked.filter((lead) => lead.before !== lead.after).length,
      meanBefore: mean(({ before }) => before),
      meanAfter: mean((lead) => lead.after),
    };
  },
});

const readLeads = (db: Database, campaignId: string) =>
  db.execute<{ id: string; domain: string; title: string | null; before: number; facts: ScoreFacts }>(sql`
    SELECT id, domain, title, score AS before, facts FROM leads
    WHERE campaign_id = ${campaignId}::uuid ORDER BY score DESC, ordinal DESC LIMIT ${LEADS_RANKED}`);
