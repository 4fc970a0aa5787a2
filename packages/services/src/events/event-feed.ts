import { DomainFlowError, notFound } from '@domainflow/domain/errors.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import type { Sql } from 'postgres';
import type { Actor, Log } from '../operation/operation.ts';
import { within } from '../rows/within.ts';
import type { DeliveredEvent } from './delivered-event.ts';
import { EventHub } from './event-hub.ts';
import { EventReader, type ReaderStats } from './event-reader.ts';
import type { FeedItem } from './feed-item.ts';
import { followAll, parsePosition } from './follow-all.ts';
import { followCampaign, parseSeq } from './follow-campaign.ts';
import { LatencyWindow } from './latency-window.ts';

/** How long a follower waits for the reader's first look at the outbox. */
const READY_WITHIN_MS = 5_000;

export interface FollowOptions {
  readonly actor: Actor;
  /** Where the follower left off, as the last item's `id` said; null for "from now on". */
  readonly lastEventId: string | null;
  /** Ends it. */
  readonly signal: AbortSignal;
}

export interface FeedStats {
  readonly connections: { readonly campaign: number; readonly all: number };
  readonly reader: ReaderStats;
  /** From an event's writing to its hand-over to followers, of the latest events. */
  readonly lagMs: { readonly count: number; readonly p50: number | null; readonly p99: number | null };
}

/** Live events of one process: one reader, any number of followers. */
export interface EventFeed {
  /** `NOT_FOUND` before anything is told where the campaign is missing or somebody else's. */
  followCampaign(
    campaignId: string,
    options: FollowOptions,
  ): Promise<AsyncGenerator<FeedItem, void, undefined>>;
  followAll(options: FollowOptions): Promise<AsyncGenerator<FeedItem, void, undefined>>;
  stats(): FeedStats;
  /** Ends all followers; new ones end at once. */
  endFollowers(): void;
  close(): Promise<void>;
}

async function assertVisible(sql: Sql, actor: Actor, campaignId: string): Promise<string> {
  const id = campaignIdSchema.safeParse(campaignId);
  if (!id.success) throw notFound('campaign', campaignId);
  const own = actor.role === 'admin' ? sql`` : sql`AND owner_id = ${actor.userId}`;
  const rows = await sql`SELECT 1 FROM campaigns WHERE id = ${id.data} AND deleted_at IS NULL ${own}`;
  if (rows.length === 0) throw notFound('campaign', campaignId);
  return id.data;
}

/** Opens the feed over a database; `sql` is the raw client, for replays. */
export function openEventFeed(options: { url: string; sql: Sql; log: Log }): EventFeed {
  const { sql } = options;
  const hub = new EventHub();
  const lag = new LatencyWindow();
  const { promise: ready, resolve: markReady } = Promise.withResolvers<void>();
  const reader = new EventReader({
    url: options.url,
    log: options.log,
    onReady: markReady,
    onEvent: (event: DeliveredEvent, safeId: number) => {
      lag.add(Date.now() - Date.parse(event.event.at));
      hub.publish(event, safeId);
    },
  });
  reader.start();

  const untilReady = async (): Promise<void> => {
    if (reader.stats().ready) return;
    const isReady = await within(
      READY_WITHIN_MS,
      ready.then(() => true),
      false,
    );
    if (!isReady) throw new DomainFlowError('UNAVAILABLE', 'Live events are not available at the moment.');
  };

  /** Follows until the signal says so; the subscription ends with the generator, however that ends. */
  const follow = async function* (
    signal: AbortSignal,
    stream: string | null,
    actor: Actor,
    items: (subscription: ReturnType<EventHub['subscribe']>) => AsyncGenerator<FeedItem, void, undefined>,
  ): AsyncGenerator<FeedItem, void, undefined> {
    const subscription = hub.subscribe(actor, stream);
    const end = () => subscription.close();
    signal.addEventListener('abort', end, { once: true });
    try {
      if (!signal.aborted) yield* items(subscription);
    } finally {
      signal.removeEventListener('abort', end);
      subscription.close();
    }
  };

  return {
    async followCampaign(campaignId, { actor, lastEventId, signal }) {
      const lastSeq = lastEventId === null ? null : parseSeq(lastEventId);
      const id = await assertVisible(sql, actor, campaignId);
      await untilReady();
      return follow(signal, id, actor, (subscription) => followCampaign(sql, id, subscription, lastSeq));
    },
    async followAll({ actor, lastEventId, signal }) {
      const from = lastEventId === null ? null : parsePosition(lastEventId);
      await untilReady();
      return follow(signal, null, actor, (subscription) => {
        const { highestId, safeId } = reader.stats();
        return followAll(sql, actor, subscription, from, { id: highestId, safeId });
      });
    },
    stats: () => ({ connections: hub.connections, reader: reader.stats(), lagMs: lag.summary() }),
    endFollowers: () => hub.close(),
    async close() {
      hub.close();
      await reader.stop();
    },
  };
}
