import type { DeliveredEvent } from './delivered-event.ts';

/** Why a follower has to fetch the state anew. */
export type ResetReason = 'expired' | 'unknown_position' | 'too_far_behind' | 'too_slow';

/** What a follower is told. `id` is where to resume after it (`Last-Event-ID`). */
export type FeedItem =
  /** From here on nothing is missed: state fetched after this, with the events that follow, is complete. */
  | { readonly kind: 'ready'; readonly id: string }
  | { readonly kind: 'event'; readonly id: string; readonly event: DeliveredEvent }
  /** Events are missing: fetch the state, then go on with what follows. */
  | { readonly kind: 'reset'; readonly id: string; readonly reason: ResetReason };

export const RESET_MESSAGE: Readonly<Record<ResetReason, string>> = {
  expired: 'The events since then are no longer kept. Fetch the current state.',
  unknown_position: 'This position is not one that this server gave out. Fetch the current state.',
  too_far_behind: 'Too much has happened since then. Fetch the current state.',
  too_slow: 'Events came faster than they were read, and some were dropped. Fetch the current state.',
};

/** More than this is not replayed: a snapshot is smaller. */
export const MAX_REPLAY = 5_000;
