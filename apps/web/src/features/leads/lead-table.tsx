import clsx from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef } from 'react';
import type { LeadView } from '../../lib/contract.ts';
import { formatAgo } from '../../lib/format.ts';
import { firstOrder, type LeadOrder, type LeadSort } from '../../lib/lead-search.ts';
import { useNow } from '../../lib/use-now.ts';
import { DomainName } from '../domains/domain-name.tsx';
import { useIsNarrow } from '../shell/use-is-narrow.ts';
import { VirtualTable, type VirtualTableList } from '../shell/virtual-table.tsx';
import { ContactSummary, GroupSign, KeywordChips, LeadState, TagList } from './lead-cells.tsx';
import {
  isSelected,
  isWholeListSelected,
  type LeadSelection,
  selectRange,
  toggleLead,
  toggleLoaded,
} from './lead-selection.ts';
import { ScoreMeter } from './score-meter.tsx';

export const LEAD_ROW_PX = 52;
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

interface LeadTableProps {
  list: VirtualTableList<LeadView>;
  order: LeadOrder;
  selection: LeadSelection;
  openLead: string | null;
  onOrder: (order: LeadOrder) => void;
  onSelect: (selection: LeadSelection) => void;
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

/** Leads in one scrolled table; rows are marked for what is done to many. */
export function LeadTable(props: LeadTableProps) {
  const { list, order, selection, openLead, onOrder, onSelect, onOpen } = props;
  const anchor = useRef(0);
  const isNarrow = useIsNarrow();
  const now = useNow(30_000);
  const loaded = list.rows.map((row) => row.leadId);

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

  return (
    <VirtualTable
      label="Leads"
      list={list}
      rowPx={isNarrow ? NARROW_ROW_PX : LEAD_ROW_PX}
      gridTemplateColumns={isNarrow ? undefined : GRID}
      onRowKey={(event, index, next) => {
        if (event.key === 'x') {
          event.preventDefault();
          mark(index, false);
        } else if (event.shiftKey && next !== null) mark(next, true);
      }}
      head={
        <>
          <span role="columnheader" className="flex">
            <input
              type="checkbox"
              aria-label="Mark all leads that are loaded"
              checked={isWholeListSelected(selection, loaded)}
              onChange={() => onSelect(toggleLoaded(selection, loaded))}
              className="size-4 accent-accent"
            />
          </span>
          {(isNarrow ? COLUMNS.filter(({ sort }) => sort !== undefined) : COLUMNS).map(({ title, sort }) => (
            <ColumnHead key={title} title={title} sort={sort} order={order} onOrder={onOrder} />
          ))}
        </>
      }
      lookOf={({ leadId }) => {
        const isMarked = isSelected(selection, leadId);
        return {
          isSelected: isMarked,
          className: clsx(
            'grid items-center gap-x-3',
            isNarrow && 'grid-cols-[1.25rem_2.5rem_minmax(0,1fr)] content-center',
            openLead === leadId || isMarked ? 'bg-accent-soft' : 'hover:bg-sunken',
          ),
        };
      }}
    >
      {(lead, index, tabIndex) => (
        <>
          <span role="cell" className="relative z-[1] flex">
            <input
              type="checkbox"
              aria-label={`Mark ${lead.domain}`}
              tabIndex={tabIndex}
              checked={isSelected(selection, lead.leadId)}
              onChange={(event) => mark(index, (event.nativeEvent as MouseEvent).shiftKey === true)}
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
                tabIndex={tabIndex}
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
        </>
      )}
    </VirtualTable>
  );
}
