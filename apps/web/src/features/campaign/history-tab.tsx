import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { formatAgo, formatInstant } from '../../lib/format.ts';
import { BY_CURSOR, itemsOf } from '../../lib/paged-list.ts';
import { trpc } from '../../lib/trpc.ts';
import { useNow } from '../../lib/use-now.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { LoadedList } from '../shell/loaded.tsx';
import { RowList } from '../shell/row-list.tsx';
import { ShowMore } from '../shell/show-more.tsx';
import { mergeTimeline, type TimelineEntry, transitionEntry, writeEntry } from './timeline.ts';

function Entry({ entry, now }: { entry: TimelineEntry; now: number }) {
  return (
    <li className="flex flex-wrap gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm">
      <time dateTime={entry.at} title={formatInstant(entry.at)} className="w-24 shrink-0 text-ink-faint">
        {formatAgo(entry.at, now)}
      </time>
      <div className="min-w-0 flex-1">
        <span className="font-medium">{entry.what}</span>
        {entry.by === null ? null : <span className="text-ink-soft"> by {entry.by}</span>}
        {entry.details === '' ? null : <p className="text-xs break-words text-ink-faint">{entry.details}</p>}
      </div>
    </li>
  );
}

/** Transitions are few; a campaign that was retried very often shows the first of them. */
const MOST_TRANSITIONS = 1_000;

/** Who did what with the campaign, and how its phases moved, newest first. */
export function HistoryTab({ campaignId }: { campaignId: string }) {
  const now = useNow(30_000);
  const history = useInfiniteQuery(
    trpc.campaigns.history.infiniteQueryOptions({ id: campaignId, limit: 50 }, BY_CURSOR),
  );
  const transitions = useQuery(
    trpc.campaigns.events.queryOptions({ id: campaignId, type: 'phase_transition', limit: MOST_TRANSITIONS }),
  );
  const entries = mergeTimeline(
    itemsOf(history.data).map(writeEntry),
    transitions.data?.items.map(transitionEntry) ?? [],
    !history.hasNextPage,
  );
  return (
    <>
      {transitions.error === null ? null : (
        <ErrorNotice
          className="mb-3"
          error={transitions.error}
          title="The transitions of the phases could not be loaded"
          onRetry={() => void transitions.refetch()}
        />
      )}
      <LoadedList
        query={history}
        what="history"
        isEmpty={entries.length === 0}
        empty={
          <EmptyState icon={<History aria-hidden className="size-5" />} title="Nothing has happened yet" />
        }
      >
        <RowList>
          {entries.map((entry) => (
            <Entry key={entry.key} entry={entry} now={now} />
          ))}
        </RowList>
      </LoadedList>
      <ShowMore list={history} className="mt-3" />
    </>
  );
}
