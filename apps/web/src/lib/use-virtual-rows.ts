import { useVirtualizer } from '@tanstack/react-virtual';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';

/** Rows before the end at which the next page is asked for. */
const AHEAD = 30;
/** Rows beyond those in sight that exist. */
const OVERSCAN = 12;

/** A list that is fetched page by page, of which `count` rows are there. */
export interface PagedRows {
  readonly count: number;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/**
 * The rows of a long table that are near what is visible; the next page is asked for before its end is reached, and one
 * row stands for it. The table's element is `scroller`; its rows have `data-index` and a button that takes the focus.
 */
export function useVirtualRows(list: PagedRows, rowPx: number) {
  const { count, hasNextPage } = list;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: count + (hasNextPage ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
  });
  // Rows are measured anew when their height changes.
  useEffect(() => virtual.measure(), [rowPx, virtual]);
  const items = virtual.getVirtualItems();
  // Tab stops at one row and goes on behind the table; the arrow keys go from row to row.
  const [focused, setFocused] = useState(0);
  const stop = items.some(({ index }) => index === focused) ? focused : virtual.range?.startIndex;
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const latest = useRef(list);
  latest.current = list;
  // Asked for when rows have moved, not when a page has failed: that would be tried again for ever.
  useEffect(() => {
    if (!hasNextPage || last < count - AHEAD) return;
    const { isFetchingNextPage, fetchNextPage } = latest.current;
    if (!isFetchingNextPage) void fetchNextPage();
  }, [last, count, hasNextPage]);
  return {
    scroller,
    items,
    first,
    last,
    heightPx: virtual.getTotalSize(),
    /** What the controls of a row have as their `tabIndex`. */
    tabIndexOf: (index: number): 0 | -1 => (index === stop ? 0 : -1),
    onFocus(event: SyntheticEvent): void {
      const index = rowOf(event);
      if (index !== null) setFocused(index);
    },
    /** Brings a row into view and the focus to it. */
    focusRow(index: number): void {
      virtual.scrollToIndex(index);
      const focus = (): boolean => {
        const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] button`);
        row?.focus({ preventScroll: true });
        // The table itself may lie half below the window.
        row?.closest('[data-index]')?.scrollIntoView({ block: 'nearest' });
        return row !== undefined && row !== null;
      };
      // At once where the row is there: the next key must find it. Others are made by scrolling to them.
      if (!focus()) requestAnimationFrame(focus);
    },
  };
}

/** The row that an event comes from; null outside of rows. */
export function rowOf(event: SyntheticEvent): number | null {
  const index = (event.target as HTMLElement).closest('[data-index]')?.getAttribute('data-index');
  return index === undefined || index === null ? null : Number(index);
}
