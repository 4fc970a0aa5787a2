import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { Download, ListFilter, Target } from 'lucide-react';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { formatCount, totalOf } from '../../lib/format.ts';
import {
  activeLeadFilters,
  type LeadListSearch,
  leadFiltersOf,
  NO_LEAD_FILTERS,
} from '../../lib/lead-search.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { LeadDrawer } from './lead-drawer.tsx';
import { GroupFilterNote, LeadFilterFields } from './lead-filter-fields.tsx';
import { type LeadSelection, NO_SELECTION } from './lead-selection.ts';
import { LeadTable } from './lead-table.tsx';
import { firstOrder } from './lead-words.ts';
import { useLeadPages } from './use-lead-pages.ts';

interface LeadsViewProps {
  search: LeadListSearch;
  onSearch: (next: LeadListSearch) => void;
  /** Undefined: of all campaigns. */
  campaignId: string | undefined;
  /** Stands among the filters. */
  children?: ReactNode;
  /** Where there are none at all. */
  emptyHint: ReactNode;
}

/** Leads with filters, marks for what is done to many, and the drawer of one. */
export function LeadsView({ search, onSearch, campaignId, children, emptyHint }: LeadsViewProps) {
  const filters = leadFiltersOf(search);
  const list = useLeadPages(search, campaignId);
  const sort = search.sort ?? 'score';
  const order = { sort, order: search.order ?? firstOrder(sort) };
  const filterCount = activeLeadFilters(filters);
  // Marks belong to what was seen when they were made.
  const seen = JSON.stringify([filters, campaignId]);
  const [marked, setMarked] = useState({ seen, selection: NO_SELECTION });
  const selection = marked.seen === seen ? marked.selection : NO_SELECTION;
  const onSelect = (next: LeadSelection): void => setMarked({ seen, selection: next });

  const [isExporting, setExporting] = useState(false);
  const marks = selection.isAll || selection.ids.size === 0 ? null : [...selection.ids];

  const latest = useRef(list);
  latest.current = list;
  const needMore = useCallback(() => {
    const { hasNextPage, isFetchingNextPage, fetchNextPage } = latest.current;
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, []);

  return (
    <div className="space-y-3">
      <LeadFilterFields filters={filters} campaignId={campaignId} onChange={onSearch}>
        {children}
      </LeadFilterFields>
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-2 text-xs text-ink-faint">
        <span role="status" data-testid="leads-total">
          {list.data === undefined ? '' : totalOf(list, 'lead')}
        </span>
        <span className="flex flex-wrap items-center gap-2">
          {filters.groupId === undefined ? null : (
            <GroupFilterNote onClear={() => onSearch({ groupId: undefined })} />
          )}
          {filterCount > 0 ? (
            <Button size="sm" look="ghost" onClick={() => onSearch(NO_LEAD_FILTERS)}>
              Clear {filterCount === 1 ? 'filter' : `${filterCount} filters`}
            </Button>
          ) : null}
          <Button
            size="sm"
            icon={<Download aria-hidden className="size-3.5" />}
            disabled={list.total === 0}
            onClick={() => setExporting(true)}
          >
            {marks === null ? 'Export' : `Export ${formatCount(marks.length)} marked`}
          </Button>
        </span>
      </div>
      <BulkBar
        selection={selection}
        onSelect={onSelect}
        filters={filters}
        campaignId={campaignId}
        loaded={list.rows.length}
        total={list.total}
        totalExact={list.totalExact}
      />
      {list.error === null ? null : (
        <ErrorNotice
          error={list.error}
          title="The leads could not be loaded"
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && list.error === null ? (
        <div role="status" aria-label="Loading leads" className="space-y-px rounded-lg ring-1 ring-line">
          {Array.from({ length: 8 }, (_, index) => `row ${index}`).map((key) => (
            <div key={key} className="flex h-13 items-center gap-3 px-4">
              <Skeleton className="h-6 w-10" />
              <Skeleton className="h-4 flex-1" />
            </div>
          ))}
        </div>
      ) : null}
      {list.isSuccess && list.rows.length === 0 ? (
        <div className="rounded-lg bg-surface shadow-panel ring-1 ring-line">
          {filterCount > 0 ? (
            <EmptyState
              icon={<ListFilter aria-hidden className="size-5" />}
              title="No lead matches"
              action={<Button onClick={() => onSearch(NO_LEAD_FILTERS)}>Clear filters</Button>}
            />
          ) : (
            <EmptyState icon={<Target aria-hidden className="size-5" />} title="No leads yet">
              {emptyHint}
            </EmptyState>
          )}
        </div>
      ) : null}
      {list.rows.length > 0 ? (
        <LeadTable
          rows={list.rows}
          total={list.total}
          hasMore={list.hasNextPage}
          isStale={list.isPlaceholderData}
          order={order}
          selection={selection}
          openLead={search.lead ?? null}
          onOrder={onSearch}
          onSelect={onSelect}
          onNeedMore={needMore}
          onOpen={(lead) => onSearch({ lead })}
        />
      ) : null}
      <ExportDialog
        open={isExporting}
        onClose={() => setExporting(false)}
        leadIds={marks}
        filters={filters}
        campaignId={campaignId}
        total={list.total}
        totalExact={list.totalExact}
      />
      <LeadDrawer
        leadId={search.lead ?? null}
        onOpen={(lead) => onSearch({ lead })}
        onClose={() => onSearch({ lead: undefined })}
      />
    </div>
  );
}
