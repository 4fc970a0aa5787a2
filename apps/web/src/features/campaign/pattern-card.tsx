import { type Pattern, wordListIdsOf } from '@domainflow/domain/generation/pattern.ts';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ListRestart } from 'lucide-react';
import { useState } from 'react';
import type { CampaignView, Outputs } from '../../lib/contract.ts';
import { formatBigCount, magnitudeOf } from '../../lib/format.ts';
import { api, trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { describePattern } from '../wizard/describe-pattern.ts';
import { type PatternPlace, placeStretches } from './pattern-place.ts';
import { SetOffsetDialog } from './set-offset-dialog.tsx';

export type PatternOffset = Outputs['campaigns']['patternOffset'];

/** How far the pattern has been given out; asked again once the campaign has been given its part. */
const offsetKey = (pattern: Pattern, endOffset: string | null) => [
  ...trpc.campaigns.patternOffset.mutationKey(),
  pattern,
  endOffset,
];

function usePatternOffset(pattern: Pattern, endOffset: string | null) {
  return useQuery({
    queryKey: offsetKey(pattern, endOffset),
    queryFn: (): Promise<PatternOffset> => api.campaigns.patternOffset.mutate({ pattern }),
    staleTime: 0,
    retry: false,
  });
}

/** Where in its pattern's space the campaign is. */
export function PatternCard({ campaign, pattern }: { campaign: CampaignView; pattern: Pattern }) {
  const { startOffset = null, endOffset = null } = campaign.patternRange ?? {};
  const queryClient = useQueryClient();
  const offset = usePatternOffset(pattern, endOffset);
  const [isSetting, setSetting] = useState(false);
  const lists = useQuery(
    trpc.wordLists.list.queryOptions({ limit: 500 }, { enabled: wordListIdsOf(pattern).length > 0 }),
  );
  const nameOfList = (id: string): string =>
    lists.data?.items.find((list) => list.wordListId === id)?.name ?? 'a stored list';
  const size = campaign.maxTheoreticalDomains ?? offset.data?.size ?? null;
  return (
    <Card aria-label="Place in the pattern" className="p-4">
      <details open={campaign.status === 'pending'}>
        <summary className="text-sm font-semibold">
          Place in the pattern
          <span className="ml-2 font-normal text-ink-faint">
            {startOffset === null || endOffset === null
              ? 'not begun'
              : `offsets ${formatBigCount(startOffset)} to ${formatBigCount(String(BigInt(endOffset) - 1n))}`}
            {size === null
              ? ''
              : `${startOffset === null ? ', the space has' : ' of'} ${formatBigCount(size)}`}
          </span>
        </summary>
        <div className="mt-3 space-y-3">
          <p className="font-mono text-xs break-words text-ink-soft">
            {describePattern(pattern, nameOfList)}
          </p>
          {offset.error === null ? null : (
            <ErrorNotice
              error={offset.error}
              title="How far the pattern has been given out could not be read"
              onRetry={() => void offset.refetch()}
            />
          )}
          {offset.isPending ? <Skeleton className="h-20 w-full" /> : null}
          {offset.data === undefined ? null : (
            <>
              <Place
                place={{
                  size: BigInt(offset.data.size),
                  start: startOffset === null ? null : BigInt(startOffset),
                  end: endOffset === null ? null : BigInt(endOffset),
                  next: BigInt(offset.data.nextOffset),
                }}
                isResuming={campaign.resumeFlag === true}
                plannedStart={pattern.startOffset ?? '0'}
              />
              <Button
                size="sm"
                icon={<ListRestart aria-hidden className="size-3.5" />}
                onClick={() => setSetting(true)}
              >
                Set the next offset
              </Button>
              <SetOffsetDialog
                pattern={pattern}
                current={offset.data}
                open={isSetting}
                onClose={() => setSetting(false)}
                onSet={(answer) => queryClient.setQueryData(offsetKey(pattern, endOffset), answer)}
              />
            </>
          )}
        </div>
      </details>
    </Card>
  );
}

interface PlaceProps {
  place: PatternPlace;
  isResuming: boolean;
  plannedStart: string;
}

function Place({ place, isResuming, plannedStart }: PlaceProps) {
  const { size, start, end, next } = place;
  const { given, own } = placeStretches(place);
  const magnitude = magnitudeOf(String(size));
  const begins = isResuming
    ? `It will go on at offset ${formatBigCount(String(next))}.`
    : `It will begin at offset ${formatBigCount(plannedStart)}.`;
  const ownText =
    start === null || end === null
      ? begins
      : `This campaign has ${formatBigCount(String(end - start))} offsets, from ${formatBigCount(String(start))} to ${formatBigCount(String(end - 1n))}.`;
  const nextText =
    next >= size
      ? 'All of the space has been given to campaigns.'
      : `Campaigns that go on with it begin at offset ${formatBigCount(String(next))}; ${formatBigCount(String(size - next))} are left.`;
  return (
    <div className="space-y-2">
      <div
        role="img"
        aria-label={`${ownText} ${nextText}`}
        className="relative h-3 overflow-hidden rounded-full bg-line"
      >
        <div className="absolute inset-y-0 left-0 bg-muted" style={{ width: `${given.width}%` }} />
        {own === null ? null : (
          <div
            className="absolute inset-y-0 min-w-1 bg-accent"
            style={{ left: `min(${own.left}%, calc(100% - 0.25rem))`, width: `${own.width}%` }}
          />
        )}
      </div>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-soft">
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-full bg-accent" />
          this campaign
        </li>
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-full bg-muted" />
          given out before
        </li>
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-full bg-line ring-1 ring-line-strong" />
          left
        </li>
      </ul>
      <p className="text-sm">
        {ownText} <span data-testid="next-offset">{nextText}</span>
      </p>
      {magnitude === null ? null : <p className="text-xs text-ink-faint">The space: {magnitude} offsets.</p>}
    </div>
  );
}
