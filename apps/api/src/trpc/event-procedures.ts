import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { validateInput } from '@domainflow/services/operation/validate-input.ts';
import { type TRPCError, type TrackedEnvelope, tracked } from '@trpc/server';
import { z } from 'zod';
import type { CallContext } from '../context.ts';
import { type FeedMessage, messageOf } from '../sse/feed-message.ts';
import { type OpenFeed, openFeed } from '../sse/open-feed.ts';
import { t } from './init.ts';
import { toTrpcError } from './trpc-error.ts';

/** Where to go on, as `tracked()` said last; a reconnecting client sends it by itself. */
const lastEventId = z.string().max(64).nullish();
const allInput = z.object({ lastEventId });
const campaignInput = z.object({ campaignId: z.string(), lastEventId });

/** An end that the client did not ask for is an error, so that tRPC's clients do not take the feed for complete. */
function endOf(feed: OpenFeed): TRPCError | null {
  switch (feed.endedBy()) {
    case 'client':
      return null;
    case 'session':
      return toTrpcError(new DomainFlowError('UNAUTHENTICATED', 'The session has ended. Sign in again.'));
    case 'server':
      return toTrpcError(new DomainFlowError('UNAVAILABLE', 'The server restarts. Connect again.'));
  }
}

async function* tell(feed: OpenFeed): AsyncGenerator<TrackedEnvelope<FeedMessage>, void, undefined> {
  try {
    for await (const item of feed.items) yield tracked(item.id, messageOf(item));
    const error = endOf(feed);
    if (error !== null) throw error;
  } finally {
    feed.end();
  }
}

/** Refuses before anything is told: the client's subscription ends with the error. */
async function follow(call: CallContext, campaignId: string | null, from: string | null | undefined) {
  try {
    return tell(await openFeed(call, campaignId, from ?? null));
  } catch (error) {
    throw toTrpcError(error);
  }
}

/** An input checked with the words of all other operations. */
const parser =
  <T extends z.ZodType>(schema: T) =>
  (raw: unknown): z.output<T> => {
    try {
      return validateInput(schema, raw);
    } catch (error) {
      throw toTrpcError(error);
    }
  };

/** Live events as subscriptions: events, and `ready` and `reset` beside them (see `FeedMessage`). */
export const eventProcedures = {
  all: t.procedure
    .input(parser(allInput))
    .subscription(({ ctx, input }) => follow(ctx, null, input.lastEventId)),
  campaign: t.procedure
    .input(parser(campaignInput))
    .subscription(({ ctx, input }) => follow(ctx, input.campaignId, input.lastEventId)),
};
