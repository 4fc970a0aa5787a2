import type { Sql } from 'postgres';
import type { Actor } from '../operation/operation.ts';
import { DeliveredEvent, type EventRow } from './delivered-event.ts';
import type { Subscription } from './event-hub.ts';
import { type FeedItem, MAX_REPLAY, type ResetReason } from './feed-item.ts';

/** Everything up to `safeId` was told, or will never exist; events above it may come again. */
export interface Position {
  readonly id: number;
  readonly safeId: number;
}

const textOf = (position: Position): string => `${position.id}.${position.safeId}`;

/** Reads the position of the stream of all events, `<id>.<safeId>`. What is none lies beyond all there are. */
export function parsePosition(lastEventId: string): Position {
  const [, id, safeId] = /^(\d{1,15})\.(\d{1,15})$/.exec(lastEventId) ?? [];
  return { id: Number(id ?? Number.MAX_SAFE_INTEGER), safeId: Number(safeId ?? Number.MAX_SAFE_INTEGER) };
}

/** Why a replay after `safeId` cannot be complete; null when it can. */
async function obstacle(sql: Sql, safeId: number): Promise<ResetReason | null> {
  const [row] = await sql<{ oldest: string | null; drawn: string | null }[]>`
    SELECT (SELECT min(id) FROM events)::text AS oldest,
      pg_sequence_last_value(pg_get_serial_sequence('events', 'id')::regclass)::text AS drawn`;
  const drawn = Number(row?.drawn ?? 0);
  if (safeId > drawn) return 'unknown_position';
  // Retention takes the oldest. Ids that were never used look the same: then the snapshot was not needed, that is all.
  const oldest = row?.oldest === null || row === undefined ? drawn + 1 : Number(row.oldest);
  return safeId + 1 < oldest ? 'expired' : null;
}

async function readAll(sql: Sql, viewer: Actor, safeId: number): Promise<DeliveredEvent[]> {
  const own = viewer.role === 'admin' ? sql`` : sql`AND (owner_id IS NULL OR owner_id = ${viewer.userId})`;
  const rows = await sql<EventRow[]>`
    SELECT id::text, stream, seq::text, owner_id, type, payload, at FROM events
    WHERE id > ${safeId} ${own} ORDER BY events.id LIMIT ${MAX_REPLAY + 1}`;
  return rows.map((row) => new DeliveredEvent(row));
}

/**
 * All events that `viewer` may see after `from`, or from now on with null. Replayed and live ones may overlap: what was
 * replayed is not told again. `here` is the reader's position when the subscription was made.
 */
export async function* followAll(
  sql: Sql,
  viewer: Actor,
  subscription: Subscription,
  from: Position | null,
  here: Position,
): AsyncGenerator<FeedItem, void, undefined> {
  const replayed = new Set<number>();
  let position = here;
  if (from !== null) {
    let reason = await obstacle(sql, from.safeId);
    const events = reason === null ? await readAll(sql, viewer, from.safeId) : [];
    if (events.length > MAX_REPLAY) reason = 'too_far_behind';
    if (reason !== null) {
      yield { kind: 'reset', id: textOf(here), reason };
    } else {
      for (const event of events) {
        // Up to its safe id the reader has delivered all: that does not come again.
        if (event.id > here.safeId) replayed.add(event.id);
        // Not further than where it began, until all of the replay is out.
        yield { kind: 'event', id: textOf({ id: event.id, safeId: from.safeId }), event };
      }
      position = {
        id: Math.max(here.id, events.at(-1)?.id ?? 0),
        safeId: Math.max(here.safeId, from.safeId),
      };
    }
  }
  yield { kind: 'ready', id: textOf(position) };

  for (let taken = await subscription.take(); taken !== null; taken = await subscription.take()) {
    const { event, safeId } = taken.kind === 'event' ? taken.queued : taken.last;
    const id = textOf({ id: event.id, safeId: Math.max(safeId, position.safeId) });
    if (taken.kind === 'overflow') {
      yield { kind: 'reset', id, reason: 'too_slow' };
    } else if (!replayed.delete(event.id)) {
      yield { kind: 'event', id, event };
    }
  }
}
