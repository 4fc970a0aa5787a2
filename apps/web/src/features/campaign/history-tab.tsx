import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import type { HistoryEntry } from '../../lib/contract.ts';
import { formatAgo, formatInstant } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { useNow } from '../../lib/use-now.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { describeAction, describeDetails } from './describe-history.ts';

function Entry({ entry, now }: { entry: HistoryEntry; now: number }) {
  const details = describeDetails(entry.details);
  return (
    <li className="flex flex-wrap gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm">
      <time dateTime={entry.at} title={formatInstant(entry.at)} className="w-24 shrink-0 text-ink-faint">
        {formatAgo(entry.at, now)}
      </time>
      <div className="min-w-0 flex-1">
        <span className="font-medium">{describeAction(entry.action)}</span>
        <span className="text-ink-soft"> by {entry.user ?? 'the platform'}</span>
        {details === '' ? null : <p className="text-xs break-words text-ink-faint">{details}</p>}
      </div>
    </li>
  );
}

/** Who did what with the campaign, newest first. */
export function HistoryTab({ campaignId }: { campaignId: string }) {
  const now = useNow(30_000);
  const history = useInfiniteQuery(
    trpc.campaigns.history.infiniteQueryOptions(
      { id: campaignId, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  const entries = history.data?.pages.flatMap((page) => page.items) ?? [];
  if (history.error !== null) {
    return (
      <ErrorNotice
        error={history.error}
        title="The history could not be loaded"
        onRetry={() => void history.refetch()}
      />
    );
  }
  if (history.isPending) return <Skeleton className="h-40 w-full" />;
  if (entries.length === 0) {
    return <EmptyState icon={<History aria-hidden className="size-5" />} title="Nothing has happened yet" />;
  }
  return (
    <>
      <Card>
        <ol className="divide-y divide-line">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} now={now} />
          ))}
        </ol>
      </Card>
      {history.hasNextPage ? (
        <Button
          size="sm"
          className="mt-3"
          busy={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </>
  );
}
