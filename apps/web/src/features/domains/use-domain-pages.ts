import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import type { DomainPage } from '../../lib/contract.ts';
import { onResultsMoved } from '../../lib/live.ts';
import { BY_CURSOR, rowsOf } from '../../lib/paged-list.ts';
import { type DomainFilters, present } from '../../lib/search-params.ts';
import { api, trpc } from '../../lib/trpc.ts';
import type { VisibleRows } from '../shell/virtual-table.tsx';
import { pagesOfRows, replacePage } from './pages.ts';

const PAGE_SIZE = 100;

type DomainData = InfiniteData<DomainPage, string | null>;

/** The number of domains is shown from the first page: the latest answer knows it best. */
const withTotal = ({ pages, pageParams }: DomainData, { total, totalExact }: DomainPage): DomainData => ({
  pages: pages.map((page, index) => (index === 0 ? { ...page, total, totalExact } : page)),
  pageParams,
});

/**
 * The domains of a campaign, page by page. While results move, the pages on the screen are fetched again, at most once
 * a second; those that were scrolled past are left alone, so that it costs the same on the thousandth page.
 */
export function useDomainPages(campaignId: string, filters: DomainFilters) {
  const queryClient = useQueryClient();
  const visible = useRef<VisibleRows>({ first: 0, last: 0 });
  const input = { id: campaignId, limit: PAGE_SIZE, ...present(filters) };
  const options = trpc.campaigns.domains.infiniteQueryOptions(input, {
    ...BY_CURSOR,
    placeholderData: keepPreviousData,
    // Kept fresh below: refetching every page that was ever shown would ask for thousands.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: false,
  });
  const list = useInfiniteQuery(options);
  const latest = useRef({ input, queryKey: options.queryKey });
  latest.current = { input, queryKey: options.queryKey };
  const filterText = JSON.stringify(filters);

  useEffect(() => {
    let isBusy = false;
    const refresh = async (): Promise<void> => {
      const { input: asked, queryKey } = latest.current;
      const data = queryClient.getQueryData(queryKey);
      if (data === undefined || isBusy) return;
      isBusy = true;
      try {
        for (const index of pagesOfRows(data.pages, visible.current.first, visible.current.last)) {
          const cursor = data.pageParams[index];
          const page = await api.campaigns.domains.query(
            typeof cursor === 'string' ? { ...asked, cursor } : asked,
          );
          queryClient.setQueryData(queryKey, (present: DomainData | undefined) => {
            if (present === undefined || present.pageParams[index] !== cursor) return present;
            return withTotal(replacePage(present, index, page) as DomainData, page);
          });
        }
      } catch {
        // The next event tries again, and the list's own errors are shown above it.
      } finally {
        isBusy = false;
      }
    };
    // What was cached earlier may be old: the visible part is read once when the list or a filter is opened.
    void refresh();
    return onResultsMoved(campaignId, () => void refresh());
  }, [campaignId, filterText, queryClient]);

  const reportVisible = useCallback((rows: VisibleRows): void => {
    visible.current = rows;
  }, []);
  return { ...list, ...rowsOf(list.data), reportVisible };
}
