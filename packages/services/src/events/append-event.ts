import type { Transaction } from '@domainflow/db/client.ts';
import type { EventPayload, EventType } from '@domainflow/domain/events/event.ts';
import { sql } from 'drizzle-orm';
import { EVENT_CHANNEL } from './doorbell.ts';

/**
 * Adds an event to a campaign's stream in the caller's transaction and rings the doorbell when that commits. For the
 * control plane only: the data plane announces progress in `batch/commit-chunk.ts`, where NOTIFY's lock would cost.
 */
export async function appendEvent<T extends EventType>(
  tx: Transaction,
  event: {
    readonly campaignId: string;
    readonly ownerId: string;
    readonly type: T;
    readonly payload: EventPayload<T>;
  },
): Promise<void> {
  await tx.execute(sql`
    SELECT append_event(${event.campaignId}::uuid, ${event.ownerId}::uuid, ${event.type},
      ${JSON.stringify(event.payload)}::jsonb), pg_notify(${EVENT_CHANNEL}, '')`);
}
