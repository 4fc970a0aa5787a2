import type { FeedItem } from '@domainflow/services/events/feed-item.ts';
import { authorise } from '@domainflow/services/operation/authorise.ts';
import { translateFailure } from '@domainflow/services/operation/translate-failure.ts';
import type { CallContext } from '../context.ts';

export interface OpenFeed {
  readonly items: AsyncGenerator<FeedItem, void, undefined>;
  /** Ends the feed; harmless when it has ended. */
  end(): void;
  /** Who ended it, once it has ended. */
  endedBy(): 'client' | 'session' | 'server';
}

/**
 * Follows a campaign, or everything with null, for this request's caller: refuses before anything is told, and ends
 * with the request, with the session, or when `end` is called.
 */
export async function openFeed(
  call: CallContext,
  campaignId: string | null,
  lastEventId: string | null,
): Promise<OpenFeed> {
  const { deps } = call;
  try {
    const actor = authorise('member', await call.actor());
    const own = new AbortController();
    const session = deps.sessions.watch(call.request.headers, actor);
    const signal = AbortSignal.any([call.request.signal, own.signal, session.signal]);
    const options = { actor, lastEventId, signal };
    try {
      const items =
        campaignId === null
          ? await deps.events.followAll(options)
          : await deps.events.followCampaign(campaignId, options);
      signal.addEventListener('abort', () => session.release(), { once: true });
      return {
        items,
        end: () => own.abort(),
        endedBy: () => (session.signal.aborted ? 'session' : signal.aborted ? 'client' : 'server'),
      };
    } catch (error) {
      session.release();
      throw error;
    }
  } catch (error) {
    throw translateFailure(error, deps.services.log, {
      requestId: call.request.requestId,
      feed: campaignId ?? 'all',
    });
  }
}
