import type { Database, Transaction } from '@domainflow/db/client.ts';
import { users } from '@domainflow/db/schema/account.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { uploads } from '@domainflow/db/schema/upload.ts';
import { allowedCommands } from '@domainflow/domain/campaign/lifecycle.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Actor } from '../../operation/operation.ts';
import { choicesOf } from '../campaign-choices.ts';
import type { campaignViewSchema } from '../views.ts';
import { visibleTo } from '../visible-campaigns.ts';
import { campaignColumns, campaignCore } from './campaign-core.ts';
import { readGeneration } from './generation-view.ts';
import { readPhases } from './phase-standing.ts';

export type CampaignView = z.output<typeof campaignViewSchema>;

/** The campaign in full; `NOT_FOUND` where the actor does not see it. */
export async function readCampaign(
  db: Database | Transaction,
  actor: Actor,
  campaignId: string,
): Promise<CampaignView> {
  const [found] = await db
    .select(campaignColumns)
    .from(campaigns)
    .innerJoin(users, eq(users.id, campaigns.ownerId))
    .where(and(eq(campaigns.id, campaignId), visibleTo(actor)));
  if (found === undefined) throw notFound('campaign', campaignId);
  const phases = await readPhases(db, campaignId);
  const history = await db
    .select()
    .from(uploads)
    .where(eq(uploads.campaignId, campaignId))
    .orderBy(asc(uploads.id));
  return {
    ...campaignCore(found, phases),
    ...choicesOf(found.campaign, phases),
    input: found.campaign.input,
    ...(await readGeneration(db, campaignId, found.campaign.input)),
    phases,
    uploadHistory: history.map(({ id, campaignId: _, ...upload }) => ({ fileId: id, ...upload })),
    allowedCommands: allowedCommands({
      campaign: found.campaign.status,
      mode: found.campaign.mode,
      phases: phases.map(({ phase, status, run }) => ({ name: phase, status, run })),
    }),
  };
}

/** `NOT_FOUND` unless the actor sees the campaign. */
export async function requireVisible(
  db: Database | Transaction,
  actor: Actor,
  campaignId: string,
): Promise<void> {
  const [found] = await db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.id, campaignId), visibleTo(actor)));
  if (found === undefined) throw notFound('campaign', campaignId);
}
