import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ListFilter, Rows3 } from 'lucide-react';
import type { CampaignView } from '../../lib/contract.ts';
import { totalOf } from '../../lib/format.ts';
import type { DomainFilters } from '../../lib/search-params.ts';
import { useDrawerHistory } from '../../lib/use-drawer-history.ts';
import { ClearFilters } from '../shell/clear-filters.tsx';
import { LoadedList } from '../shell/loaded.tsx';
import { VirtualTableSkeleton } from '../shell/virtual-table.tsx';
import { DomainDrawer } from './domain-drawer.tsx';
import { DomainFilterFields } from './domain-filters.tsx';
import { DOMAIN_ROW_PX, DomainTable } from './domain-table.tsx';
import { activeFilters, filtersOf, NO_FILTERS } from './filters.ts';
import { useDomainPages } from './use-domain-pages.ts';

export function DomainsTab({ campaign }: { campaign: CampaignView }) {
  const { campaignId } = campaign;
  const search = useSearch({ from: '/app/campaigns/$campaignId' });
  const navigate = useNavigate({ from: '/campaigns/$campaignId' });
  const withDrawer = useDrawerHistory();
  const filters = filtersOf(search);
  const list = useDomainPages(campaignId, filters);
  const change = (next: DomainFilters & { domain?: string | undefined }): void =>
    withDrawer('domain', search, next, (how) =>
      navigate({ search: (previous) => ({ ...previous, ...next }), ...how }),
    );

  const filterCount = activeFilters(filters);

  return (
    <div className="space-y-3">
      <DomainFilterFields campaign={campaign} filters={filters} onChange={change} />
      <div className="flex h-7 items-center justify-between gap-2 text-xs text-ink-faint">
        <span role="status" data-testid="domains-total">
          {list.data === undefined ? '' : totalOf(list, 'domain')}
        </span>
        <ClearFilters count={filterCount} onClear={() => change(NO_FILTERS)} />
      </div>
      <LoadedList
        query={list}
        what="domains"
        skeleton={<VirtualTableSkeleton label="Loading domains" rowPx={DOMAIN_ROW_PX} />}
        isEmpty={list.rows.length === 0}
        empty={
          filterCount > 0 ? (
            <EmptyState
              icon={<ListFilter aria-hidden className="size-5" />}
              title="No domain matches"
              action={<Button onClick={() => change(NO_FILTERS)}>Clear filters</Button>}
            />
          ) : (
            <EmptyState icon={<Rows3 aria-hidden className="size-5" />} title="No domains yet">
              {campaign.status === 'pending'
                ? 'They appear here when the campaign has started.'
                : 'They appear here as they are generated.'}
            </EmptyState>
          )
        }
      >
        <DomainTable
          phases={campaign.phases.map((each) => each.phase)}
          list={list}
          onVisible={list.reportVisible}
          onOpen={(domain) => change({ domain })}
          openDomain={search.domain ?? null}
        />
      </LoadedList>
      <DomainDrawer
        campaignId={campaignId}
        domain={search.domain ?? null}
        onClose={() => change({ domain: undefined })}
      />
    </div>
  );
}
