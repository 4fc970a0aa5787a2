import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import clsx from 'clsx';
import type { DomainRow } from '../../lib/contract.ts';
import { formatAgo, formatCount } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { useIsNarrow } from '../shell/use-is-narrow.ts';
import { VirtualTable, type VirtualTableList, type VisibleRows } from '../shell/virtual-table.tsx';
import { DomainName } from './domain-name.tsx';
import { PhaseResult, VerdictBadge } from './verdict-badge.tsx';

export const DOMAIN_ROW_PX = 36;
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
  list: VirtualTableList<DomainRow>;
  onVisible: (rows: VisibleRows) => void;
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

/** Every domain of the campaign in one scrolled table. */
export function DomainTable({ phases, list, onVisible, onOpen, openDomain }: DomainTableProps) {
  const isNarrow = useIsNarrow();
  const columns = COLUMNS.filter(({ phase }) => phase === undefined || phases.includes(phase));
  const now = useNow(5_000);
  return (
    <VirtualTable
      label="Domains"
      list={list}
      rowPx={isNarrow ? NARROW_ROW_PX : DOMAIN_ROW_PX}
      gridTemplateColumns={isNarrow ? undefined : columns.map(({ width }) => width).join(' ')}
      headClassName="max-md:sr-only"
      head={columns.map(({ title }) => (
        <span key={title} role="columnheader" className="font-medium">
          {title}
        </span>
      ))}
      lookOf={(row) => ({
        className: clsx(
          'hover:bg-sunken',
          openDomain === row.domain && 'bg-accent-soft',
          isNarrow ? 'flex flex-col justify-center gap-1' : 'grid items-center gap-3',
        ),
      })}
      onVisible={onVisible}
    >
      {(row, _index, tabIndex) => (
        <>
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
              tabIndex={tabIndex}
              className="block max-w-full truncate text-left font-medium -outline-offset-1 after:absolute after:inset-0"
            >
              <DomainName name={row.domain} />
            </button>
          </span>
          {isNarrow ? (
            <NarrowResults row={row} />
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
        </>
      )}
    </VirtualTable>
  );
}

/** The results that there are, in one line. */
function NarrowResults({ row }: { row: DomainRow }) {
  return (
    <span role="cell" className="flex min-w-0 gap-1.5 overflow-hidden">
      {row.dnsStatus === null ? null : (
        <PhaseResult phase="dns" status={row.dnsStatus} reason={row.dnsReason} />
      )}
      {row.httpStatus === null ? null : (
        <PhaseResult phase="http" status={row.httpStatus} reason={row.httpReason} />
      )}
      {row.leadStatus === null ? null : <Lead row={row} />}
    </span>
  );
}
