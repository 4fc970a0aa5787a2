import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { CAMPAIGN_MODES } from '@domainflow/domain/campaign/states.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation.ts';
import { campaignNameSchema, tagsSchema } from './create-campaign.ts';
import { applyEvent } from './lifecycle/apply-event.ts';
import { lockCampaign } from './lifecycle/lock-campaign.ts';
import { readCampaign } from './reading/read-campaign.ts';
import { campaignViewSchema } from './views.ts';

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
    const { campaignName, description, notes, tags } = input;
    const row = {
      ...locked.row,
      name: campaignName ?? locked.row.name,
      description: description ?? locked.row.description,
      notes: notes ?? locked.row.notes,
      tags: tags ?? locked.row.tags,
    };
    await tx
      .update(campaigns)
      .set({ name: row.name, description: row.description, notes: row.notes, tags: row.tags })
      .where(eq(campaigns.id, input.id));
    // The state machine decides on the mode, and its step raises the version and announces the change.
    await applyEvent(tx, queue, { ...locked, row }, { type: 'setMode', mode: input.mode ?? locked.row.mode });
    return readCampaign(tx, actor, input.id);
  },
});
