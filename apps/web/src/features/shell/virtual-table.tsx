import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import clsx from 'clsx';
import { type KeyboardEvent, type ReactNode, useEffect } from 'react';
import { type PagedRows, rowOf, useVirtualRows } from '../../lib/use-virtual-rows.ts';

const FRAME = 'rounded-lg bg-surface text-sm shadow-panel ring-1 ring-line';
const SKELETON_ROWS = 14;
/** Rows that the arrow keys and the keys for pages go on by. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** Rows in sight, from the first to the last. */
export interface VisibleRows {
  readonly first: number;
  readonly last: number;
}

/** Where rows come from, and whether they belong to what was asked before. */
export type VirtualTableList<Row> = Omit<PagedRows, 'count'> & {
  readonly rows: readonly Row[];
  /** Rows that there are, loaded or not. */
  readonly total: number;
  readonly isPlaceholderData: boolean;
};

interface RowLook {
  readonly className: string;
  readonly isSelected?: boolean;
}

interface VirtualTableProps<Row> {
  label: string;
  list: VirtualTableList<Row>;
  rowPx: number;
  /** The widths of the columns; undefined where rows are not laid out by columns. */
  gridTemplateColumns: string | undefined;
  /** The cells of the heading row, and how it looks. */
  head: ReactNode;
  headClassName?: string;
  lookOf: (row: Row) => RowLook;
  /** The cells of a row; its controls take the `tabIndex`. */
  children: (row: Row, index: number, tabIndex: 0 | -1) => ReactNode;
  /** Should be the same function on every render. */
  onVisible?: (rows: VisibleRows) => void;
  /** A key in a row, without Ctrl, Alt or Meta. `next`: the row that the key goes to, null where it goes to none. */
  onRowKey?: (event: KeyboardEvent, index: number, next: number | null) => void;
}

/** A table that scrolls, of which only the rows near the visible ones exist. One stop for Tab; arrows go from row to row. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, list, rowPx, gridTemplateColumns, onVisible, onRowKey } = props;
  const { rows, total } = list;
  const virtual = useVirtualRows({ ...list, count: rows.length }, rowPx);
  const { first, last } = virtual;
  useEffect(() => onVisible?.({ first, last }), [first, last, onVisible]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const index = rowOf(event);
    if (index === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    const next = step === undefined ? null : Math.min(rows.length - 1, Math.max(0, index + step));
    onRowKey?.(event, index, next);
    if (next === null) return;
    event.preventDefault();
    virtual.focusRow(next);
  };

  return (
    <div
      ref={virtual.scroller}
      role="table"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-busy={list.isPlaceholderData}
      onKeyDown={onKeyDown}
      onFocus={virtual.onFocus}
      className={clsx(
        FRAME,
        'max-h-[min(70dvh,44rem)] overflow-y-auto transition-opacity',
        list.isPlaceholderData && 'opacity-60',
      )}
    >
      <div role="rowgroup" className={clsx('sticky top-0 z-10', props.headClassName)}>
        <div
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns }}
          className={clsx(
            'items-center gap-3 border-b border-line bg-surface px-4 py-2 text-xs text-ink-faint',
            gridTemplateColumns === undefined ? 'flex' : 'grid',
          )}
        >
          {props.head}
        </div>
      </div>
      <div role="rowgroup" className="relative" style={{ height: `${virtual.heightPx}px` }}>
        {virtual.items.map(({ key, index, start, size }) => {
          const row = rows[index];
          const place = { transform: `translateY(${start}px)`, height: `${size}px` };
          if (row === undefined)
            return (
              <div key={key} className="absolute inset-x-0 flex items-center px-4" style={place}>
                <Skeleton className="h-4 w-full" />
              </div>
            );
          const { className, isSelected } = props.lookOf(row);
          return (
            <div
              key={key}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={isSelected}
              data-index={index}
              style={{ ...place, gridTemplateColumns }}
              className={clsx('absolute inset-x-0 border-b border-line/70 px-4', className)}
            >
              {props.children(row, index, virtual.tabIndexOf(index))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The table before its rows are there, as high as it will be. */
export function VirtualTableSkeleton({ label, rowPx }: { label: string; rowPx: number }) {
  return (
    <div role="status" aria-label={label} className={clsx(FRAME, 'h-[min(70dvh,44rem)] overflow-hidden')}>
      {Array.from({ length: SKELETON_ROWS }, (_, index) => (
        <div
          key={`row-${index}`}
          style={{ height: `${rowPx}px` }}
          className="flex items-center gap-10 border-b border-line/70 px-4"
        >
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-3 w-20 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
