import type { DomainFlowEvent } from '@domainflow/domain/events/event.ts';
import { type InfiniteData, QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { CampaignPage, CampaignView } from './contract.ts';
import { applyEvent, invalidateAlsoPending } from './live.ts';
import { trpc } from './trpc.ts';

const campaign = {
  campaignId: 'c1',
  campaignName: 'One',
  status: 'active',
  version: 1,
  progress: 0,
  phases: [{ phase: 'dns', status: 'running', total: 10, processed: 0, counts: {} }],
} as unknown as CampaignView;
const page = { items: [campaign], nextCursor: null, total: 1, totalExact: true } as unknown as CampaignPage;

const progress: DomainFlowEvent = {
  id: '1',
  stream: 'c1',
  seq: 1,
  type: 'campaign_progress',
  at: '2026-01-01T00:00:00.000Z',
  payload: {
    campaignId: 'c1',
    phases: [{ phase: 'dns', status: 'running', total: 10, processed: 5, counts: { OK: 5 } }],
  },
};

describe('applyEvent', () => {
  it('reaches the campaign and every list that shows it, paged or not', () => {
    const queryClient = new QueryClient();
    const viewKey = trpc.campaigns.get.queryKey({ id: 'c1' });
    const listKey = trpc.campaigns.list.queryKey({ limit: 8 });
    const pagedKey = trpc.campaigns.list.infiniteQueryKey({ limit: 50 });
    queryClient.setQueryData(viewKey, campaign);
    queryClient.setQueryData(listKey, page);
    queryClient.setQueryData(pagedKey, { pages: [page], pageParams: [null] });

    applyEvent(queryClient, progress);

    expect(queryClient.getQueryData(viewKey)?.phases[0]).toMatchObject({ processed: 5, counts: { OK: 5 } });
    expect(queryClient.getQueryData(listKey)?.items[0]?.progress).toBe(50);
    const paged = queryClient.getQueryData(pagedKey) as InfiniteData<CampaignPage> | undefined;
    expect(paged?.pages[0]?.items[0]?.phases[0]?.processed).toBe(5);
  });

  it('invents nothing that is not cached', () => {
    const queryClient = new QueryClient();
    applyEvent(queryClient, progress);
    expect(queryClient.getQueryCache().getAll()).toEqual([]);
  });
});

describe('invalidateAlsoPending', () => {
  it('has a first answer fetched again that was under way when the event came', async () => {
    const queryClient = new QueryClient();
    const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    let asked = 0;
    const queryKey = ['campaign'];
    const observer = new QueryObserver(queryClient, {
      queryKey,
      queryFn: () => {
        asked += 1;
        return answers[asked - 1]?.promise ?? Promise.reject(new Error('asked too often'));
      },
    });
    const stop = observer.subscribe(() => undefined);
    expect(asked).toBe(1);
    invalidateAlsoPending(queryClient, queryKey);
    answers[0]?.resolve('from before the event');
    await expect.poll(() => asked).toBe(2);
    answers[1]?.resolve('from after it');
    await expect.poll(() => queryClient.getQueryData(queryKey)).toBe('from after it');
    expect(asked).toBe(2);
    stop();
  });
});
