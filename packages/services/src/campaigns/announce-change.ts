import type { Transaction } from '@domainflow/db/client.ts';
import type { campaigns } from '@domainflow/db/schema/campaign.ts';
import type { EventPayload } from '@domainflow/domain/events/event.ts';
import { appendEvent } from '../events/append-event.ts';

/** A campaign as a change has left it. */
type Changed = Pick<typeof campaigns.$inferSelect, 'id' | 'ownerId' | 'version' | 'name' | 'status'>;

/** Announces on the campaign's stream that it was made, edited, deleted, or moved by its state machine. */
export const announceChange = (
  tx: Transaction,
  { id: campaignId, ownerId, version, name: campaignName, status }: Changed,
  change: EventPayload<'campaign_changed'>['change'],
): Promise<void> =>
  appendEvent(tx, {
    campaignId,
    ownerId,
    type: 'campaign_changed',
    payload: { campaignId, version, change, campaignName, status },
  });
