import type { DomainFlowEvent } from '@domainflow/domain/events/event.ts';
import { type FeedItem, RESET_MESSAGE, type ResetReason } from '@domainflow/services/events/feed-item.ts';

/** What a stream tells besides events; `type` sets the three apart. */
export type FeedMessage =
  | DomainFlowEvent
  /** Nothing is missed from here on: fetch the state, then keep it with what follows. */
  | { readonly type: 'ready'; readonly id: string }
  /** Events are missing: fetch the state again. */
  | { readonly type: 'reset'; readonly id: string; readonly reason: ResetReason; readonly message: string };

/** The message of an item, for the wire. `id` of events is their own; where to resume is the item's `id`. */
export function messageOf(item: FeedItem): FeedMessage {
  switch (item.kind) {
    case 'event':
      return item.event.event;
    case 'ready':
      return { type: 'ready', id: item.id };
    case 'reset':
      return { type: 'reset', id: item.id, reason: item.reason, message: RESET_MESSAGE[item.reason] };
  }
}

/** One item in the format of server-sent events (HTML standard, section 9.2). */
export function encodeItem(item: FeedItem): string {
  const name = item.kind === 'event' ? item.event.event.type : item.kind;
  const data = item.kind === 'event' ? item.event.json : JSON.stringify(messageOf(item));
  return `id: ${item.id}\nevent: ${name}\ndata: ${data}\n\n`;
}
