import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { allowedCommands } from '@domainflow/domain/campaign/lifecycle.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { writtenRow } from '../rows/written-row.ts';
import { announceChange } from './announce-change.ts';
import { applyEvent } from './lifecycle/apply-event.ts';
import { lifecycleOf, lockCampaign } from './lifecycle/lock-campaign.ts';
import { commandInput } from './lifecycle-commands.ts';

export const deleteCampaign = mutation({
  name: 'campaigns.delete',
  summary: 'Delete a campaign: invisible at once, its data goes in the background',
  rest: { method: 'DELETE', path: '/campaigns/{id}' },
  access: 'member',
  input: z.object(commandInput),
  output: z.object({ deleted: z.literal(true) }),
  audit: ({ id }) => ({ entity: 'campaign', entityId: id }),
  async run({ tx, queue, actor }, input) {
    const locked = await lockCampaign(tx, actor, input.id, input.version);
    // What runs is cancelled first, so that workers let go of its batches.
    if (allowedCommands(lifecycleOf(locked)).includes('cancel')) {
      await applyEvent(tx, queue, locked, { type: 'cancel' });
    }
    const deleted = await tx
      .update(campaigns)
      .set({ deletedAt: sql`clock_timestamp()` })
      .where(eq(campaigns.id, input.id))
      .returning();
    await announceChange(tx, writtenRow(deleted), 'deleted');
    return { deleted: true as const };
  },
});
