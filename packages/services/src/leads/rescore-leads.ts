import type { Transaction } from '@domainflow/db/client.ts';
import { leadJobs } from '@domainflow/db/schema/lead-job.ts';
import { campaignIdSchema, scoreProfileIdSchema } from '@domainflow/domain/ids.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireVisible } from '../campaigns/reading/read-campaign.ts';
import { type Actor, mutation } from '../operation/operation.ts';
import { writtenRow } from '../rows/written-row.ts';
import { keepScoreProfile } from '../score-profiles/keep-score-profile.ts';
import { leadJobView, leadJobViewSchema } from './job-views.ts';

const audit = (
  { scoreProfileId, id }: { scoreProfileId?: string | null; id?: string },
  { leadJobId }: { leadJobId: string },
) => ({
  entity: 'lead_job',
  entityId: leadJobId,
  details: { scoreProfileId: scoreProfileId ?? null, campaignId: id ?? null },
});

const scoreProfileId = scoreProfileIdSchema.nullable().default(null);

export const rescoreCampaign = mutation({
  name: 'campaigns.rescore',
  summary: 'Score the leads of a campaign again, from what is stored; null: with the default profile',
  rest: { method: 'POST', path: '/campaigns/{id}/rescore', status: 202 },
  access: 'member',
  input: z.object({ id: campaignIdSchema, scoreProfileId }),
  output: leadJobViewSchema,
  audit,
  async run({ tx, actor }, { id, scoreProfileId: profileId }) {
    await requireVisible(tx, actor, id);
    return startRescoring(tx, actor, id, profileId);
  },
});

export const rescoreAll = mutation({
  name: 'leads.rescore',
  summary: 'Score the leads of all your campaigns again, from what is stored',
  rest: { method: 'POST', path: '/leads/rescore', status: 202 },
  access: 'member',
  input: z.object({ scoreProfileId }),
  output: leadJobViewSchema,
  audit,
  run: ({ tx, actor }, { scoreProfileId: profileId }) => startRescoring(tx, actor, null, profileId),
});

/** Writes the job; workers do it. One that is under way for the same leads is cancelled: the later profile is meant. */
async function startRescoring(
  tx: Transaction,
  actor: Actor,
  campaignId: string | null,
  profileId: string | null,
): Promise<z.input<typeof leadJobViewSchema>> {
  const profile = await keepScoreProfile(tx, profileId);
  await tx.execute(sql`
    UPDATE lead_jobs SET status = 'cancelled', finished_at = now()
    WHERE kind = 'rescore' AND status IN ('running', 'paused')
      AND ${campaignId === null ? sql`owner_id = ${actor.userId}::uuid` : sql`campaign_id = ${campaignId}::uuid`}`);
  const about =
    campaignId === null
      ? sql`l.campaign_id IN (
          SELECT id FROM campaigns WHERE owner_id = ${actor.userId}::uuid AND deleted_at IS NULL)`
      : sql`l.campaign_id = ${campaignId}::uuid`;
  const [counted] = await tx.execute<{ n: string }>(sql`SELECT count(*) AS n FROM leads l WHERE ${about}`);
  const written = await tx
    .insert(leadJobs)
    .values({
      kind: 'rescore',
      campaignId,
      ownerId: actor.userId,
      scoreProfileId: profile.id,
      scoreProfileVersion: profile.version,
      total: Number(counted?.n ?? 0),
    })
    .returning();
  return leadJobView(writtenRow(written));
}
