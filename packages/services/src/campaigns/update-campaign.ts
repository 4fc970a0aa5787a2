import type { Transaction } from '@domainflow/db/client.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { CAMPAIGN_MODES } from '@domainflow/domain/campaign/states.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { appendEvent } from '../events/append-event.ts';
import { mutation } from '../operation.ts';
import { campaignNameSchema, tagsSchema } from './create-campaign.ts';
import { applyEvent } from './lifecycle/apply-event.ts';
import { type CampaignRow, lockCampaign } from './lifecycle/lock-campaign.ts';
import { readCampaign } from './reading/read-campaign.ts';
import { campaignViewSchema } from './views.ts';

/** What people write about a campaign can change in every state. */
async function writeTexts(
  tx: Transaction,
  row: CampaignRow,
  texts: Pick<CampaignRow, 'name' | 'description' | 'notes' | 'tags'>,
): Promise<void> {
  const version = row.version + 1;
  await tx
    .update(campaigns)
    .set({ ...texts, version, updatedAt: sql`clock_timestamp()` })
    .where(eq(campaigns.id, row.id));
  await appendEvent(tx, {
    campaignId: row.id,
    ownerId: row.ownerId,
    type: 'campaign_changed',
    payload: {
      campaignId: row.id,
      version,
      change: 'updated',
      campaignName: texts.name,
      status: row.status,
    },
  });
}

export const updateCampaign = mutation({
  name: 'campaigns.update',
  summary: 'Change name, description, notes, tags or mode',
  rest: { method: 'PUT', path: '/campaigns/{id}' },
  access: 'member',
  input: z.object({
    id: campaignIdSchema,
    version: z.int(),
    campaignName: campaignNameSchema.optional(),
    description: z.string().max(5_000).optional(),
    notes: z.string().max(20_000).optional(),
    tags: tagsSchema.optional(),
    mode: z.enum(CAMPAIGN_MODES).optional(),
  }),
  output: campaignViewSchema,
  audit: ({ id, version: _, ...changed }) => ({ entity: 'campaign', entityId: id, details: changed }),
  async run({ tx, queue, actor }, input) {
    const locked = await lockCampaign(tx, actor, input.id, input.version);
    const { campaignName, description, notes, tags, mode } = input;
    const texts = {
      name: campaignName ?? locked.row.name,
      description: description ?? locked.row.description,
      notes: notes ?? locked.row.notes,
      tags: tags ?? locked.row.tags,
    };
    if (mode !== undefined && mode !== locked.row.mode) {
      await tx.update(campaigns).set(texts).where(eq(campaigns.id, input.id));
      // The state machine decides on the mode, and its step raises the version and announces the change.
      await applyEvent(tx, queue, { ...locked, row: { ...locked.row, ...texts } }, { type: 'setMode', mode });
    } else {
      await writeTexts(tx, locked.row, texts);
    }
    return readCampaign(tx, actor, input.id);
  },
});
