import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Input, Select } from '@domainflow/ui/primitives/input.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Target } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CampaignView, LeadView } from '../../lib/contract.ts';
import { formatCount } from '../../lib/format.ts';
import { onResultsMoved } from '../../lib/live.ts';
import { present } from '../../lib/search-params.ts';
import { trpc } from '../../lib/trpc.ts';
import { SearchField } from '../campaigns/search-field.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { LeadDrawer } from './lead-drawer.tsx';
import { LeadList } from './lead-list.tsx';

const PAGE_SIZE = 50;
/** Pages that are read again while results move; beyond that the list waits to be asked. */
const MOST_LIVE_PAGES = 3;

export function LeadsTab({ campaign }: { campaign: CampaignView }) {
  const { campaignId } = campaign;
  const [words, setWords] = useState('');
  const [minScore, setMinScore] = useState<number | undefined>(undefined);
  const [sort, setSort] = useState<'score' | 'domain'>('score');
  const [open, setOpen] = useState<LeadView | null>(null);
  const list = useInfiniteQuery(
    trpc.campaigns.leads.infiniteQueryOptions(
      {
        id: campaignId,
        limit: PAGE_SIZE,
        sort,
        order: sort === 'score' ? 'desc' : 'asc',
        ...present({ search: words === '' ? undefined : words, minScore }),
      },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
    ),
  );
  const { refetch } = list;
  const pageCount = list.data?.pages.length ?? 0;
  useEffect(
    () =>
      onResultsMoved(campaignId, () => {
        if (pageCount <= MOST_LIVE_PAGES) void refetch();
      }),
    [campaignId, refetch, pageCount],
  );
  const leads = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const hasAnalysis = campaign.phases.some((phase) => phase.phase === 'analysis');
  const isFiltered = words !== '' || minScore !== undefined;

  if (!hasAnalysis) {
    return (
      <EmptyState icon={<Target aria-hidden className="size-5" />} title="This campaign finds no leads">
        Its type has no analysis phase. A Lead Generation or Domain Intelligence campaign has.
      </EmptyState>
    );
  }
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap gap-2">
        <SearchField
          label="Search leads"
          placeholder="Search domain or title"
          value={words}
          onChange={setWords}
          className="w-full sm:w-56"
        />
        <Input
          type="number"
          inputMode="numeric"
          aria-label="Least score"
          placeholder="Least score"
          min={0}
          max={100}
          className="!w-32"
          onChange={(event) => {
            const score = event.target.valueAsNumber;
            setMinScore(Number.isInteger(score) && score >= 0 && score <= 100 ? score : undefined);
          }}
        />
        <Select
          aria-label="Sort"
          className="!w-auto"
          value={sort}
          onChange={(event) => setSort(event.target.value === 'domain' ? 'domain' : 'score')}
        >
          <option value="score">By score</option>
          <option value="domain">By domain</option>
        </Select>
      </div>
      <p role="status" data-testid="leads-total" className="flex h-7 items-center text-xs text-ink-faint">
        {list.isPending ? '' : `${formatCount(total)} ${total === 1 ? 'lead' : 'leads'}`}
      </p>
      {list.error === null ? null : (
        <ErrorNotice
          error={list.error}
          title="The leads could not be loaded"
          onRetry={() => void refetch()}
        />
      )}
      {list.isPending && list.error === null ? <Skeleton className="h-80 w-full" /> : null}
      {list.isSuccess ? (
        <Card aria-busy={list.isPlaceholderData}>
          {leads.length > 0 ? (
            <LeadList leads={leads} onOpen={setOpen} />
          ) : (
            <EmptyState
              icon={<Target aria-hidden className="size-5" />}
              title={isFiltered ? 'No lead matches' : 'No leads yet'}
            >
              {isFiltered ? 'Try other words or a lower score.' : 'They appear here as pages are analysed.'}
            </EmptyState>
          )}
        </Card>
      ) : null}
      {list.hasNextPage ? (
        <Button size="sm" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
      <LeadDrawer campaignId={campaignId} lead={open} onClose={() => setOpen(null)} />
    </div>
  );
}
