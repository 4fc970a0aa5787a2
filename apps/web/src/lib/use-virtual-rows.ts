import { useVirtualizer } from '@tanstack/react-virtual';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';

/** Rows before the end at which the next page is asked for. */
const AHEAD = 30;

interface VirtualRowsOptions {
  /** Rows that are loaded; where there are more, one stands for them at the end. */
  readonly count: number;
  readonly hasMore: boolean;
  readonly rowPx: number;
  readonly overscan: number;
  readonly onNeedMore: () => void;
}

/**
 * The rows of a long table that are near what is visible. The table's element is `scroller`; its rows have
 * `data-index` and a button that takes the focus.
 */
export function useVirtualRows({ count, hasMore, rowPx, overscan, onNeedMore }: VirtualRowsOptions) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: count + (hasMore ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan,
  });
  // Rows are measured anew when their height changes.
  useEffect(() => virtual.measure(), [rowPx, virtual]);
  const items = virtual.getVirtualItems();
  // Tab stops at one row and goes on behind the table; the arrow keys go from row to row.
  const [focused, setFocused] = useState(0);
  const stop = items.some(({ index }) => index === focused) ? focused : virtual.range?.startIndex;
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= count - AHEAD) onNeedMore();
  }, [last, count, hasMore, onNeedMore]);
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
      if (!Number.isNaN(index)) setFocused(index);
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

/** The row that an event comes from; NaN outside of rows. */
export const rowOf = (event: SyntheticEvent): number =>
  Number((event.target as HTMLElement).closest('[data-index]')?.getAttribute('data-index') ?? Number.NaN);
