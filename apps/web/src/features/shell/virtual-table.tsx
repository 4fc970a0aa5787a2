import clsx from 'clsx';
import type { KeyboardEvent, ReactNode, RefObject, SyntheticEvent } from 'react';

interface VirtualTableProps {
  rows: {
    readonly scroller: RefObject<HTMLDivElement | null>;
    readonly heightPx: number;
    onFocus(event: SyntheticEvent): void;
  };
  label: string;
  /** Rows that there are, loaded or not. */
  total: number;
  isStale: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
  /** The group of the heading row. */
  head: ReactNode;
  /** The rows that exist, each at its place. */
  children: ReactNode;
}

/** The frame of a table that scrolls, of which only the rows near the visible ones exist (`useVirtualRows`). */
export function VirtualTable({ rows, label, total, isStale, onKeyDown, head, children }: VirtualTableProps) {
  return (
    <div
      ref={rows.scroller}
      role="table"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-busy={isStale}
      onKeyDown={onKeyDown}
      onFocus={rows.onFocus}
      className={clsx(
        'max-h-[min(70dvh,44rem)] overflow-y-auto rounded-lg bg-surface text-sm shadow-panel ring-1 ring-line transition-opacity',
        isStale && 'opacity-60',
      )}
    >
      {head}
      <div role="rowgroup" className="relative" style={{ height: `${rows.heightPx}px` }}>
        {children}
      </div>
    </div>
  );
}
