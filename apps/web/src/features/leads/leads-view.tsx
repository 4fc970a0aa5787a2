import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Download, ListFilter, Target } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { formatCount, totalOf } from '../../lib/format.ts';
import {
  activeLeadFilters,
  type LeadListSearch,
  leadFiltersOf,
  leadOrderOf,
  NO_LEAD_FILTERS,
} from '../../lib/lead-search.ts';
import { ClearFilters } from '../shell/clear-filters.tsx';
import { LoadedList } from '../shell/loaded.tsx';
import { VirtualTableSkeleton } from '../shell/virtual-table.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { LeadDrawer } from './lead-drawer.tsx';
import { GroupFilterNote, LeadFilterFields } from './lead-filter-fields.tsx';
import { type LeadSelection, NO_SELECTION } from './lead-selection.ts';
import { LEAD_ROW_PX, LeadTable } from './lead-table.tsx';
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
  const filterCount = activeLeadFilters(filters);
  // Marks belong to what was seen when they were made.
  const seen = JSON.stringify([filters, campaignId]);
  const [marked, setMarked] = useState({ seen, selection: NO_SELECTION });
  const selection = marked.seen === seen ? marked.selection : NO_SELECTION;
  const onSelect = (next: LeadSelection): void => setMarked({ seen, selection: next });

  const [isExporting, setExporting] = useState(false);
  const marks = selection.isAll || selection.ids.size === 0 ? null : [...selection.ids];

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
          <ClearFilters count={filterCount} onClear={() => onSearch(NO_LEAD_FILTERS)} />
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
      <LoadedList
        query={list}
        what="leads"
        skeleton={<VirtualTableSkeleton label="Loading leads" rowPx={LEAD_ROW_PX} />}
        isEmpty={list.rows.length === 0}
        empty={
          filterCount > 0 ? (
            <EmptyState
              icon={<ListFilter aria-hidden className="size-5" />}
              title="No lead matches"
              action={<Button onClick={() => onSearch(NO_LEAD_FILTERS)}>Clear filters</Button>}
            />
          ) : (
            <EmptyState icon={<Target aria-hidden className="size-5" />} title="No leads yet">
              {emptyHint}
            </EmptyState>
          )
        }
      >
        <LeadTable
          list={list}
          order={leadOrderOf(search)}
          selection={selection}
          openLead={search.lead ?? null}
          onOrder={onSearch}
          onSelect={onSelect}
          onOpen={(lead) => onSearch({ lead })}
        />
      </LoadedList>
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
