import type { Sql } from 'postgres';
import { DeliveredEvent, type EventRow } from './delivered-event.ts';
import type { Subscription } from './event-hub.ts';
import { type FeedItem, MAX_REPLAY } from './feed-item.ts';

/** Reads a campaign stream's position: the number of the last event seen. What is none lies beyond all there are. */
export const parseSeq = (lastEventId: string): number =>
  /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : Number.MAX_SAFE_INTEGER;

const readStream = async (
  sql: Sql,
  stream: string,
  after: number,
  limit: number,
): Promise<DeliveredEvent[]> => {
  const rows = await sql<EventRow[]>`
    SELECT id::text, stream, seq::text, owner_id, type, payload, at FROM events
    WHERE stream = ${stream} AND seq > ${after} ORDER BY events.seq LIMIT ${limit}`;
  return rows.map((row) => new DeliveredEvent(row));
};

async function lastSeqOf(sql: Sql, stream: string): Promise<number> {
  const [row] = await sql<{ seq: string }[]>`SELECT seq::text FROM event_streams WHERE stream = ${stream}`;
  return Number(row?.seq ?? 0);
}

const asItem = (event: DeliveredEvent): FeedItem => ({ kind: 'event', id: String(event.seq), event });

/**
 * One campaign's events after `lastSeq`, or from now on with null. The subscription was made before this reads the
 * table, so that nothing falls between the two; what both have is told once.
 */
export async function* followCampaign(
  sql: Sql,
  campaignId: string,
  subscription: Subscription,
  lastSeq: number | null,
): AsyncGenerator<FeedItem, void, undefined> {
  const current = await lastSeqOf(sql, campaignId);
  let last = lastSeq ?? current;
  const missing = current - last;
  if (missing < 0 || missing > MAX_REPLAY) {
    last = current;
    yield { kind: 'reset', id: String(last), reason: missing < 0 ? 'unknown_position' : 'too_far_behind' };
  } else if (missing > 0) {
    const events = await readStream(sql, campaignId, last, MAX_REPLAY);
    if (events[0]?.seq !== last + 1) {
      last = current;
      yield { kind: 'reset', id: String(last), reason: 'expired' };
    } else {
      for (const event of events) {
        last = event.seq;
        yield asItem(event);
      }
    }
  }
  yield { kind: 'ready', id: String(last) };

  for (let taken = await subscription.take(); taken !== null; taken = await subscription.take()) {
    if (taken.kind === 'overflow') {
      last = Math.max(last, taken.last.event.seq);
      yield { kind: 'reset', id: String(last), reason: 'too_slow' };
      continue;
    }
    const { event } = taken.queued;
    if (event.seq <= last) continue;
    // The reader delivers in order; were it ever not so, the table would still have what is missing.
    const late = event.seq === last + 1 ? [event] : await readStream(sql, campaignId, last, event.seq - last);
    for (const each of late) {
      last = each.seq;
      yield asItem(each);
    }
  }
}
