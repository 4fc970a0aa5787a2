import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import clsx from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import type { LeadView } from '../../lib/contract.ts';
import { formatAgo } from '../../lib/format.ts';
import type { LeadSort } from '../../lib/lead-search.ts';
import { useNow } from '../../lib/use-now.ts';
import { rowOf, useVirtualRows } from '../../lib/use-virtual-rows.ts';
import { DomainName } from '../domains/domain-name.tsx';
import { useIsNarrow } from '../shell/use-is-narrow.ts';
import { VirtualTable } from '../shell/virtual-table.tsx';
import { ContactSummary, GroupSign, KeywordChips, LeadState, TagList } from './lead-cells.tsx';
import {
  isSelected,
  isWholeListSelected,
  type LeadSelection,
  selectRange,
  toggleLead,
  toggleLoaded,
} from './lead-selection.ts';
import { firstOrder } from './lead-words.ts';
import { ScoreMeter } from './score-meter.tsx';

const ROW_PX = 52;
/** On a phone a row has three lines. */
const NARROW_ROW_PX = 88;

const COLUMNS: readonly { title: string; width: string; sort?: LeadSort }[] = [
  { title: 'Score', width: '3rem', sort: 'score' },
  { title: 'Domain', width: 'minmax(10rem, 1.5fr)', sort: 'domain' },
  { title: 'Contact', width: 'minmax(9rem, 1.2fr)' },
  { title: 'Keywords', width: 'minmax(8rem, 1fr)' },
  { title: 'State', width: '8rem' },
  { title: 'Changed', width: '5.5rem', sort: 'updated' },
];
const GRID = `1.25rem ${COLUMNS.map(({ width }) => width).join(' ')}`;

export interface LeadOrder {
  readonly sort: LeadSort;
  readonly order: 'asc' | 'desc';
}

interface LeadTableProps {
  rows: readonly LeadView[];
  total: number;
  hasMore: boolean;
  isStale: boolean;
  order: LeadOrder;
  selection: LeadSelection;
  openLead: string | null;
  onOrder: (order: LeadOrder) => void;
  onSelect: (selection: LeadSelection) => void;
  onNeedMore: () => void;
  onOpen: (leadId: string) => void;
}

function ColumnHead({
  title,
  sort,
  order,
  onOrder,
}: {
  title: string;
  sort: LeadSort | undefined;
  order: LeadOrder;
  onOrder: (order: LeadOrder) => void;
}) {
  if (sort === undefined)
    return (
      <span role="columnheader" className="font-medium">
        {title}
      </span>
    );
  const isSorted = order.sort === sort;
  const Icon = order.order === 'asc' ? ArrowUp : ArrowDown;
  const opposite = order.order === 'asc' ? 'desc' : 'asc';
  return (
    <span
      role="columnheader"
      aria-sort={isSorted ? (order.order === 'asc' ? 'ascending' : 'descending') : 'none'}
    >
      <button
        type="button"
        onClick={() => onOrder({ sort, order: isSorted ? opposite : firstOrder(sort) })}
        className="inline-flex items-center gap-1 font-medium hover:text-ink"
      >
        {title}
        {isSorted ? <Icon aria-hidden className="size-3" /> : null}
      </button>
    </span>
  );
}

/** Leads in one scrolled table of which only the visible rows exist; rows are marked for what is done to many. */
export function LeadTable(props: LeadTableProps) {
  const { rows, total, hasMore, isStale, order, selection, openLead } = props;
  const { onOrder, onSelect, onNeedMore, onOpen } = props;
  const anchor = useRef(0);
  const isNarrow = useIsNarrow();
  const now = useNow(30_000);
  const loaded = rows.map((row) => row.leadId);
  const virtual = useVirtualRows({
    count: rows.length,
    hasMore,
    rowPx: isNarrow ? NARROW_ROW_PX : ROW_PX,
    overscan: 10,
    onNeedMore,
  });

  const mark = (index: number, isRange: boolean): void => {
    const id = loaded[index];
    if (id === undefined) return;
    onSelect(
      isRange && !selection.isAll
        ? selectRange(selection, anchor.current, index, loaded)
        : toggleLead(selection, id, loaded),
    );
    anchor.current = index;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const current = rowOf(event);
    if (Number.isNaN(current) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'x') {
      event.preventDefault();
      mark(current, false);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(rows.length - 1, Math.max(0, current + step));
    if (event.shiftKey) mark(next, true);
    virtual.focusRow(next);
  };

  return (
    <VirtualTable
      rows={virtual}
      label="Leads"
      total={total}
      isStale={isStale}
      onKeyDown={onKeyDown}
      head={
        <div role="rowgroup" className="sticky top-0 z-10">
          <div
            role="row"
            aria-rowindex={1}
            style={isNarrow ? undefined : { gridTemplateColumns: GRID }}
            className={clsx(
              'items-center gap-3 border-b border-line bg-surface px-4 py-2 text-xs text-ink-faint',
              isNarrow ? 'flex' : 'grid',
            )}
          >
            <span role="columnheader" className="flex">
              <input
                type="checkbox"
                aria-label="Mark all leads that are loaded"
                checked={isWholeListSelected(selection, loaded)}
                onChange={() => onSelect(toggleLoaded(selection, loaded))}
                className="size-4 accent-accent"
              />
            </span>
            {(isNarrow ? COLUMNS.filter(({ sort }) => sort !== undefined) : COLUMNS).map(
              ({ title, sort }) => (
                <ColumnHead key={title} title={title} sort={sort} order={order} onOrder={onOrder} />
              ),
            )}
          </div>
        </div>
      }
    >
      {virtual.items.map((item) => {
        const lead = rows[item.index];
        const style = {
          transform: `translateY(${item.start}px)`,
          height: `${item.size}px`,
          ...(isNarrow ? {} : { gridTemplateColumns: GRID }),
        };
        if (lead === undefined)
          return (
            <div key={item.key} className="absolute inset-x-0 flex items-center px-4" style={style}>
              <Skeleton className="h-5 w-full" />
            </div>
          );
        return (
          <div
            key={item.key}
            role="row"
            aria-rowindex={item.index + 2}
            aria-selected={isSelected(selection, lead.leadId)}
            data-index={item.index}
            style={style}
            className={clsx(
              'absolute inset-x-0 items-center gap-x-3 border-b border-line/70 px-4',
              isNarrow ? 'grid grid-cols-[1.25rem_2.5rem_minmax(0,1fr)] content-center' : 'grid',
              openLead === lead.leadId || isSelected(selection, lead.leadId)
                ? 'bg-accent-soft'
                : 'hover:bg-sunken',
            )}
          >
            <span role="cell" className="relative z-[1] flex">
              <input
                type="checkbox"
                aria-label={`Mark ${lead.domain}`}
                tabIndex={virtual.tabIndexOf(item.index)}
                checked={isSelected(selection, lead.leadId)}
                onChange={(event) => mark(item.index, (event.nativeEvent as MouseEvent).shiftKey === true)}
                className="size-4 accent-accent"
              />
            </span>
            <span role="cell">
              <ScoreMeter score={lead.score} />
            </span>
            <span role="cell" className="min-w-0">
              <span className="flex min-w-0 items-center gap-1.5">
                <button
                  type="button"
                  onClick={() => onOpen(lead.leadId)}
                  title={lead.domain}
                  tabIndex={virtual.tabIndexOf(item.index)}
                  className="block min-w-0 truncate text-left font-medium -outline-offset-1 after:absolute after:inset-0"
                >
                  <DomainName name={lead.domain} />
                </button>
                <GroupSign lead={lead} />
                {isNarrow && lead.state !== 'new' ? <LeadState state={lead.state} /> : null}
              </span>
              <span className="block truncate text-xs text-ink-faint">
                {lead.organisation ?? lead.title ?? 'Without a title'}
              </span>
              {isNarrow ? <ContactSummary lead={lead} /> : null}
            </span>
            {isNarrow ? null : (
              <>
                <span role="cell" className="flex min-w-0">
                  <ContactSummary lead={lead} />
                </span>
                <span role="cell" className="min-w-0">
                  <KeywordChips matches={lead.keywordMatches} />
                </span>
                <span role="cell" className="flex min-w-0 flex-col items-start gap-0.5">
                  <LeadState state={lead.state} />
                  <TagList tags={lead.tags} />
                </span>
                <span role="cell" className="truncate text-xs text-ink-faint">
                  {formatAgo(lead.updatedAt, now)}
                </span>
              </>
            )}
          </div>
        );
      })}
    </VirtualTable>
  );
}
