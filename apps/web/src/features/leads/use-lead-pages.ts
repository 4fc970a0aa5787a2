import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type LeadListSearch, leadFiltersOf, leadOrderOf } from '../../lib/lead-search.ts';
import { onResultsMoved } from '../../lib/live.ts';
import { BY_CURSOR, rowsOf } from '../../lib/paged-list.ts';
import { present } from '../../lib/search-params.ts';
import { trpc } from '../../lib/trpc.ts';
import { useLatestLeadJob } from './use-lead-job.ts';

const PAGE_SIZE = 100;
/** Pages that are read again while results move; beyond that the list waits to be asked. */
const MOST_LIVE_PAGES = 3;

/** Leads that match, page by page; they follow the results of their campaigns, and scores that are made again. */
export function useLeadPages(search: LeadListSearch, campaignId: string | undefined) {
  // At its end all leads are read again.
  useLatestLeadJob('rescore');
  const list = useInfiniteQuery(
    trpc.leads.list.infiniteQueryOptions(
      {
        limit: PAGE_SIZE,
        ...leadOrderOf(search),
        ...present({ ...leadFiltersOf(search), campaignId }),
      },
      {
        ...BY_CURSOR,
        placeholderData: keepPreviousData,
      },
    ),
  );
  const { refetch } = list;
  const pageCount = list.data?.pages.length ?? 0;
  useEffect(() => {
    return onResultsMoved(campaignId, () => {
      if (pageCount <= MOST_LIVE_PAGES) void refetch();
    });
  }, [campaignId, refetch, pageCount]);
  return { ...list, ...rowsOf(list.data) };
}
