import { CAMPAIGN_STATUSES } from '@domainflow/domain/campaign/states.ts';
import { CAMPAIGN_PRESETS, CAMPAIGN_TYPES } from '@domainflow/domain/campaign/types.ts';
import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Button, buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { Select } from '@domainflow/ui/primitives/input.tsx';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Rows3 } from 'lucide-react';
import { CAMPAIGN_LOOKS } from '../features/campaigns/campaign-looks.tsx';
import { CampaignTable, CampaignTableSkeleton } from '../features/campaigns/campaign-table.tsx';
import { FilterSelect } from '../features/shell/filter-select.tsx';
import { LoadedList } from '../features/shell/loaded.tsx';
import { NewLink } from '../features/shell/new-link.tsx';
import { SearchField } from '../features/shell/search-field.tsx';
import { ShowMore } from '../features/shell/show-more.tsx';
import { formatCount } from '../lib/format.ts';
import { BY_CURSOR, itemsOf } from '../lib/paged-list.ts';
import {
  CAMPAIGN_SORTS,
  type CampaignSort,
  type CampaignsSearch,
  oneOf,
  present,
} from '../lib/search-params.ts';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';

const PAGE_SIZE = 50;

const STATUSES = CAMPAIGN_STATUSES.map((each) => [each, CAMPAIGN_LOOKS[each].label.toLowerCase()] as const);
const TYPES = CAMPAIGN_TYPES.map((each) => [each, CAMPAIGN_PRESETS[each].label] as const);

const SORT_LABELS: Readonly<Record<CampaignSort, string>> = {
  createdAt: 'creation',
  updatedAt: 'last change',
  campaignName: 'name',
  status: 'status',
};

export function CampaignsPage() {
  useDocumentTitle('Campaigns');
  const search = useSearch({ from: '/app/campaigns' });
  const navigate = useNavigate({ from: '/campaigns' });
  const sort = search.sort ?? 'createdAt';
  const order = search.order ?? (sort === 'campaignName' || sort === 'status' ? 'asc' : 'desc');
  const { status, type, search: words } = search;
  const list = useInfiniteQuery(
    trpc.campaigns.list.infiniteQueryOptions(
      { limit: PAGE_SIZE, sort, order, ...present({ status, type, search: words }) },
      { ...BY_CURSOR, placeholderData: keepPreviousData },
    ),
  );
  const change = (next: CampaignsSearch): void =>
    void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true });
  const campaigns = itemsOf(list.data);
  const total = list.data?.pages[0]?.total ?? 0;
  const isFiltered = status !== undefined || type !== undefined || words !== undefined;

  return (
    <>
      <PageHeader title="Campaigns" actions={<NewLink to="/campaigns/new">New campaign</NewLink>} />
      <div className="mb-3 flex flex-wrap gap-2">
        <SearchField
          label="Search campaigns"
          placeholder="Search by name"
          value={words ?? ''}
          onChange={(value) => change({ search: value === '' ? undefined : value })}
          className="w-full sm:w-64"
        />
        <FilterSelect
          label="Status"
          value={status}
          onChange={(next) => change({ status: next })}
          options={STATUSES}
          className="!w-[calc(50%-0.25rem)] sm:!w-auto"
        />
        <FilterSelect
          label="Type"
          value={type}
          onChange={(next) => change({ type: next })}
          options={TYPES}
          className="!w-[calc(50%-0.25rem)] sm:!w-auto"
        />
        <Select
          aria-label="Sort"
          className="sm:ml-auto sm:!w-auto"
          value={`${sort} ${order}`}
          onChange={(event) => {
            const [by, direction] = event.target.value.split(' ');
            change({ sort: oneOf(CAMPAIGN_SORTS, by), order: oneOf(['asc', 'desc'] as const, direction) });
          }}
        >
          {CAMPAIGN_SORTS.flatMap((each) => [
            <option key={`${each} desc`} value={`${each} desc`}>
              By {SORT_LABELS[each]},{' '}
              {each === 'campaignName' || each === 'status' ? 'Z to A' : 'newest first'}
            </option>,
            <option key={`${each} asc`} value={`${each} asc`}>
              By {SORT_LABELS[each]},{' '}
              {each === 'campaignName' || each === 'status' ? 'A to Z' : 'oldest first'}
            </option>,
          ])}
        </Select>
      </div>
      <LoadedList
        query={list}
        what="campaigns"
        skeleton={<CampaignTableSkeleton rows={6} />}
        isEmpty={campaigns.length === 0}
        empty={
          <EmptyState
            icon={<Rows3 aria-hidden className="size-5" />}
            title={isFiltered ? 'No campaign matches' : 'No campaigns yet'}
            action={
              isFiltered ? (
                <Button onClick={() => change({ status: undefined, type: undefined, search: undefined })}>
                  Clear filters
                </Button>
              ) : (
                <Link to="/campaigns/new" className={buttonClass('primary')}>
                  Create the first one
                </Link>
              )
            }
          >
            {isFiltered
              ? 'Try other words, or any status and type.'
              : 'A campaign generates names, finds out which are live, reads their pages and hands back leads.'}
          </EmptyState>
        }
      >
        <CampaignTable campaigns={campaigns} isStale={list.isPlaceholderData} />
      </LoadedList>
      {campaigns.length > 0 ? (
        <div className="mt-3 flex items-center justify-between gap-3 text-xs text-ink-faint">
          <span>
            {formatCount(campaigns.length)} of {formatCount(total)}
          </span>
          <ShowMore list={list} />
        </div>
      ) : null}
    </>
  );
}
