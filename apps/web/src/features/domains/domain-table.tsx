import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import clsx from 'clsx';
import { type KeyboardEvent, useEffect } from 'react';
import type { DomainRow } from '../../lib/contract.ts';
import { formatAgo, formatCount } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { rowOf, useVirtualRows } from '../../lib/use-virtual-rows.ts';
import { useIsNarrow } from '../shell/use-is-narrow.ts';
import { VirtualTable } from '../shell/virtual-table.tsx';
import { DomainName } from './domain-name.tsx';
import { PhaseResult, VerdictBadge } from './verdict-badge.tsx';

const ROW_PX = 36;
/** On a phone a row has two lines. */
const NARROW_ROW_PX = 62;

/** Columns of a phase that the campaign does not have are left out. */
const COLUMNS: readonly { title: string; width: string; phase?: PhaseName }[] = [
  { title: '#', width: '4.5rem' },
  { title: 'Domain', width: 'minmax(10rem, 1fr)' },
  { title: 'DNS', width: '10rem', phase: 'dns' },
  { title: 'HTTP', width: '12rem', phase: 'http' },
  { title: 'Analysis', width: '10rem', phase: 'analysis' },
  { title: 'Checked', width: '7rem' },
];

interface DomainTableProps {
  phases: readonly PhaseName[];
  rows: readonly DomainRow[];
  total: number;
  hasMore: boolean;
  isStale: boolean;
  onNeedMore: () => void;
  onVisible: (rows: { first: number; last: number }) => void;
  onOpen: (domain: string) => void;
  openDomain: string | null;
}

function Http({ row }: { row: DomainRow }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <PhaseResult phase="http" status={row.httpStatus} reason={row.httpReason} />
      {row.httpStatusCode === null ? null : (
        <span className="text-xs text-ink-faint">{row.httpStatusCode}</span>
      )}
    </span>
  );
}

function Lead({ row }: { row: DomainRow }) {
  if (row.leadStatus === null) return <span className="text-ink-faint">–</span>;
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <VerdictBadge phase="analysis" verdict={row.leadStatus} />
      {row.score === null ? null : <span className="text-xs font-medium">{row.score}</span>}
    </span>
  );
}

/** Every domain of the campaign in one scrolled table of which only the visible rows exist. */
export function DomainTable({
  phases,
  rows,
  total,
  hasMore,
  isStale,
  onNeedMore,
  onVisible,
  onOpen,
  openDomain,
}: DomainTableProps) {
  const isNarrow = useIsNarrow();
  const columns = COLUMNS.filter(({ phase }) => phase === undefined || phases.includes(phase));
  const gridTemplateColumns = columns.map(({ width }) => width).join(' ');
  const now = useNow(5_000);
  const virtual = useVirtualRows({
    count: rows.length,
    hasMore,
    rowPx: isNarrow ? NARROW_ROW_PX : ROW_PX,
    overscan: 12,
    onNeedMore,
  });
  const { first, last } = virtual;
  useEffect(() => {
    onVisible({ first, last });
  }, [first, last, rows.length, onVisible]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }[event.key];
    const current = rowOf(event);
    if (step === undefined || Number.isNaN(current)) return;
    event.preventDefault();
    const next = Math.min(rows.length - 1, Math.max(0, current + step));
    virtual.focusRow(next);
  };

  return (
    <VirtualTable
      rows={virtual}
      label="Domains"
      total={total}
      isStale={isStale}
      onKeyDown={onKeyDown}
      head={
        <div role="rowgroup" className="sticky top-0 z-10 max-md:sr-only">
          <div
            role="row"
            aria-rowindex={1}
            style={{ gridTemplateColumns }}
            className="grid items-center gap-3 border-b border-line bg-surface px-4 py-2 text-xs text-ink-faint"
          >
            {columns.map(({ title }) => (
              <span key={title} role="columnheader" className="font-medium">
                {title}
              </span>
            ))}
          </div>
        </div>
      }
    >
      {virtual.items.map((item) => {
        const row = rows[item.index];
        const style = {
          transform: `translateY(${item.start}px)`,
          height: `${item.size}px`,
          gridTemplateColumns,
        };
        if (row === undefined) {
          return (
            <div key={item.key} className="absolute inset-x-0 flex items-center px-4" style={style}>
              <Skeleton className="h-4 w-full" />
            </div>
          );
        }
        return (
          <div
            key={item.key}
            role="row"
            aria-rowindex={item.index + 2}
            data-index={item.index}
            style={style}
            className={clsx(
              'absolute inset-x-0 border-b border-line/70 px-4 hover:bg-sunken',
              openDomain === row.domain && 'bg-accent-soft',
              isNarrow ? 'flex flex-col justify-center gap-1' : 'grid items-center gap-3',
            )}
          >
            {isNarrow ? null : (
              <span role="cell" className="text-xs text-ink-faint">
                {formatCount(row.ordinal)}
              </span>
            )}
            <span role="cell" className="flex min-w-0">
              <button
                type="button"
                onClick={() => onOpen(row.domain)}
                title={row.domain}
                tabIndex={virtual.tabIndexOf(item.index)}
                className="block max-w-full truncate text-left font-medium -outline-offset-1 after:absolute after:inset-0"
              >
                <DomainName name={row.domain} />
              </button>
            </span>
            {isNarrow ? (
              <span role="cell" className="flex min-w-0 gap-1.5 overflow-hidden">
                {row.dnsStatus === null ? null : (
                  <PhaseResult phase="dns" status={row.dnsStatus} reason={row.dnsReason} />
                )}
                {row.httpStatus === null ? null : (
                  <PhaseResult phase="http" status={row.httpStatus} reason={row.httpReason} />
                )}
                {row.leadStatus === null ? null : <Lead row={row} />}
              </span>
            ) : (
              <>
                {phases.includes('dns') ? (
                  <span role="cell" className="flex min-w-0">
                    <PhaseResult phase="dns" status={row.dnsStatus} reason={row.dnsReason} />
                  </span>
                ) : null}
                {phases.includes('http') ? (
                  <span role="cell" className="flex min-w-0">
                    <Http row={row} />
                  </span>
                ) : null}
                {phases.includes('analysis') ? (
                  <span role="cell" className="flex min-w-0">
                    <Lead row={row} />
                  </span>
                ) : null}
                <span role="cell" className="truncate text-xs text-ink-faint">
                  {row.lastCheckedAt === null ? '' : formatAgo(row.lastCheckedAt, now)}
                </span>
              </>
            )}
          </div>
        );
      })}
    </VirtualTable>
  );
}
