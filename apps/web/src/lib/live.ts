import type { DomainFlowEvent } from '@domainflow/domain/events/event.ts';
import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { toast } from 'sonner';
import type { CampaignPage, CampaignView, LeadJobPage } from './contract.ts';
import { type LiveAttempt, type LiveStatus, openLiveConnection } from './live-connection.ts';
import { reduceCampaign, reduceCampaigns, reduceLeadJobs, type Stale, staleAfter } from './live-reducers.ts';
import { throttlePerKey } from './throttle-per-key.ts';
import { api, trpc } from './trpc.ts';

/** Domains and leads are fetched again at most so often while progress moves. */
const RESULTS_INTERVAL_MS = 1_000;
const LISTS_INTERVAL_MS = 1_000;

let status: LiveStatus = 'connecting';
const statusListeners = new Set<() => void>();
const resultListeners = new Map<string, Set<() => void>>();
/** Stands for all campaigns. */
const ANY = '';

function setStatus(next: LiveStatus): void {
  status = next;
  for (const listener of statusListeners) listener();
}

function subscribeStatus(listener: () => void): () => void {
  statusListeners.add(listener);
  return () => statusListeners.delete(listener);
}

/** How the page is kept fresh now. */
export const useLiveStatus = (): LiveStatus => useSyncExternalStore(subscribeStatus, () => status);

/** Calls back when results of this campaign have moved, or of any, at most once a second; returns what stops it. */
export function onResultsMoved(campaignId: string | undefined, listener: () => void): () => void {
  const key = campaignId ?? ANY;
  const listeners = resultListeners.get(key) ?? new Set();
  resultListeners.set(key, listeners.add(listener));
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) resultListeners.delete(key);
  };
}

function openStream(position: string | null, attempt: LiveAttempt<DomainFlowEvent>): () => void {
  let wasStarted = false;
  const subscription = api.events.all.subscribe(
    { lastEventId: position },
    {
      onStarted: () => {
        wasStarted = true;
      },
      onData: ({ id, data }) => {
        if (data.type === 'ready') attempt.onReady(id);
        else if (data.type === 'reset') attempt.onReset(id);
        else attempt.onEvent(id, data);
      },
      onError: () => attempt.onLost(),
      onComplete: () => attempt.onLost(),
      // The browser would try again by itself, every three seconds and for ever: ours backs off and tells.
      onConnectionStateChange: (change) => {
        if (change.state === 'connecting' && (wasStarted || change.error !== null)) attempt.onLost();
      },
    },
  );
  return () => subscription.unsubscribe();
}

const isInfinite = (data: unknown): data is InfiniteData<CampaignPage> =>
  typeof data === 'object' && data !== null && 'pages' in data;

function updateList(data: unknown, event: DomainFlowEvent): unknown {
  const reducePage = (page: CampaignPage): CampaignPage => {
    const items = reduceCampaigns(page.items, event);
    return items === page.items ? page : { ...page, items: [...items] };
  };
  if (data === undefined) return undefined;
  if (isInfinite(data)) return { ...data, pages: data.pages.map(reducePage) };
  return reducePage(data as CampaignPage);
}

/** Puts an event into the caches that show what it is about. */
export function applyEvent(queryClient: QueryClient, event: DomainFlowEvent): void {
  if (event.type === 'system_alert') {
    const { severity, message } = event.payload;
    if (severity === 'error') toast.error(message);
    else if (severity === 'warning') toast.warning(message);
    else toast.info(message);
    return;
  }
  if (event.type === 'bulk_operation_update') {
    const { payload } = event;
    queryClient.setQueriesData({ queryKey: trpc.leadJobs.list.pathKey() }, (data: unknown) => {
      const page = data as LeadJobPage | undefined;
      if (page === undefined) return undefined;
      const items = reduceLeadJobs(page.items, payload);
      return items === page.items ? page : { ...page, items: [...items] };
    });
    return;
  }
  const { campaignId } = event.payload;
  queryClient.setQueryData(
    trpc.campaigns.get.queryKey({ id: campaignId }),
    (data: CampaignView | undefined) => (data === undefined ? undefined : reduceCampaign(data, event)),
  );
  queryClient.setQueriesData({ queryKey: trpc.campaigns.list.pathKey() }, (data: unknown) =>
    updateList(data, event),
  );
}

/**
 * Has these answers fetched again. A first answer that is still under way may be older than the event that asks for this,
 * and TanStack Query does not start over what it has never had: it is fetched again once it has come.
 */
export function invalidateAlsoPending(queryClient: QueryClient, queryKey: QueryKey): void {
  const pending = queryClient.getQueryCache().findAll({
    queryKey,
    predicate: ({ state }) => state.data === undefined && state.fetchStatus === 'fetching',
  });
  void queryClient.invalidateQueries({ queryKey });
  for (const query of pending) {
    const again = (): void => void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
    query.promise?.then(again, () => undefined);
  }
}

/**
 * The one bridge from the stream of events to the cache of answers: starts it, and returns what stops it. Runs while
 * somebody is signed in.
 */
export function startLive(queryClient: QueryClient): () => void {
  const invalidate = (queryKey: QueryKey): void => invalidateAlsoPending(queryClient, queryKey);
  const results = throttlePerKey(RESULTS_INTERVAL_MS, (campaignId) => {
    for (const listener of resultListeners.get(campaignId) ?? []) listener();
  });
  const lists = throttlePerKey(LISTS_INTERVAL_MS, () => invalidate(trpc.campaigns.list.pathKey()));

  const refetch = (stale: Stale): void => {
    if (stale.campaign !== null) {
      invalidate(trpc.campaigns.get.queryKey({ id: stale.campaign }));
      invalidate(trpc.campaigns.history.pathKey());
      invalidate(trpc.campaigns.events.pathKey());
    }
    if (stale.deleted !== null) {
      queryClient.removeQueries({
        queryKey: trpc.campaigns.get.queryKey({ id: stale.deleted }),
        type: 'inactive',
      });
    }
    if (stale.results !== null) {
      results.call(stale.results);
      results.call(ANY);
    }
    if (stale.allResults) for (const campaignId of resultListeners.keys()) results.call(campaignId);
    if (stale.lists) lists.call('lists');
    if (stale.leadJobs) invalidate(trpc.leadJobs.pathKey());
  };

  const connection = openLiveConnection<DomainFlowEvent>({
    open: openStream,
    onStatus: setStatus,
    onEvent: (event) => {
      applyEvent(queryClient, event);
      refetch(staleAfter(event));
    },
    resync: () => {
      invalidate(trpc.campaigns.get.pathKey());
      invalidate(trpc.campaigns.list.pathKey());
      invalidate(trpc.campaigns.history.pathKey());
      invalidate(trpc.campaigns.events.pathKey());
      invalidate(trpc.leadJobs.pathKey());
      for (const campaignId of resultListeners.keys()) results.call(campaignId);
    },
  });

  const retryNow = (): void => {
    if (document.visibilityState === 'visible') connection.retryNow();
  };
  window.addEventListener('online', retryNow);
  document.addEventListener('visibilitychange', retryNow);
  return () => {
    window.removeEventListener('online', retryNow);
    document.removeEventListener('visibilitychange', retryNow);
    connection.close();
    results.stop();
    lists.stop();
  };
}
