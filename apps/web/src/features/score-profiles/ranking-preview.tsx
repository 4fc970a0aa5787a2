import type { ScoreProfile } from '@domainflow/domain/scoring/score-profile.ts';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Outputs } from '../../lib/contract.ts';
import { formatCount } from '../../lib/format.ts';
import { previewScoreProfile } from '../../lib/rest-calls.ts';
import { trpc } from '../../lib/trpc.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { CampaignSelect } from '../campaigns/campaign-select.tsx';
import { DomainName } from '../domains/domain-name.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';

const DELAY_MS = 300;
const SHOWN = 15;

type Preview = Outputs['scoreProfiles']['preview'];

/** Places that a lead goes up or down. */
function Move({ item }: { item: Preview['items'][number] }) {
  const places = item.rankBefore - item.rankAfter;
  if (places === 0) return <span className="text-ink-faint">–</span>;
  const Icon = places > 0 ? ArrowUp : ArrowDown;
  return (
    <span className={clsx('inline-flex items-center gap-0.5', places > 0 ? 'text-ok-ink' : 'text-bad-ink')}>
      <Icon aria-hidden className="size-3" />
      <span className="sr-only">{places > 0 ? 'up' : 'down'} </span>
      {formatCount(Math.abs(places))}
    </span>
  );
}

function Ranking({ preview, isStale }: { preview: Preview; isStale: boolean }) {
  const rounded = (value: number): string => (Math.round(value * 10) / 10).toString();
  return (
    <div aria-busy={isStale} className={clsx('transition-opacity', isStale && 'opacity-60')}>
      <p role="status" className="px-4 pb-2 text-xs text-ink-soft">
        {preview.changed === 0
          ? `No score of ${formatCount(preview.ranked)} changes: ${rounded(preview.meanAfter)}`
          : `${formatCount(preview.changed)} of ${formatCount(preview.ranked)} scores change: ${rounded(preview.meanBefore)} → ${rounded(preview.meanAfter)}`}{' '}
        points on average
        {preview.ranked < preview.total ? `; of ${formatCount(preview.total)} leads the best are ranked` : ''}
      </p>
      <table className="w-full table-fixed text-sm">
        <thead className="text-left text-xs text-ink-faint">
          <tr className="border-y border-line">
            <th scope="col" className="w-16 py-1.5 pl-4 font-medium">
              Rank
            </th>
            <th scope="col" className="w-14 py-1.5 font-medium">
              Move
            </th>
            <th scope="col" className="py-1.5 font-medium">
              Domain
            </th>
            <th scope="col" className="w-24 py-1.5 pr-4 text-right font-medium">
              Score
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line/70">
          {preview.items.map((item) => (
            <tr key={item.leadId} className="max-lg:nth-[n+6]:hidden">
              <td className="py-1 pl-4">{item.rankAfter}</td>
              <td className="py-1 text-xs">
                <Move item={item} />
              </td>
              <td className="truncate py-1" title={item.title ?? item.domain}>
                <DomainName name={item.domain} />
              </td>
              <td className="py-1 pr-4 text-right">
                {item.scoreBefore === item.scoreAfter ? null : (
                  <span className="text-xs text-ink-faint">{item.scoreBefore} → </span>
                )}
                <span className="font-medium">{item.scoreAfter}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RankingPreviewProps {
  weights: ScoreProfile;
  isValid: boolean;
  campaignId: string | undefined;
  onCampaign: (campaignId: string | undefined) => void;
}

/** How the weights would rank the leads of a campaign, while they are being changed. */
export function RankingPreview({ weights, isValid, campaignId, onCampaign }: RankingPreviewProps) {
  const settled = useDebounced(weights, DELAY_MS);
  const input = { campaignId: campaignId ?? '', weights: settled, limit: SHOWN };
  const preview = useQuery({
    queryKey: trpc.scoreProfiles.preview.queryKey(input),
    queryFn: ({ signal }) => previewScoreProfile(input, signal),
    enabled: campaignId !== undefined && isValid,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
    retry: false,
  });
  return (
    <Card aria-label="Ranking" className="overflow-hidden">
      <div className="space-y-2 px-4 py-3">
        <h2 className="text-sm font-semibold">Ranking with these weights</h2>
        <CampaignSelect
          value={campaignId}
          onChange={onCampaign}
          none="Choose a campaign to rank"
          className="w-full"
        />
      </div>
      {campaignId === undefined ? null : preview.data === undefined ? (
        preview.error === null ? (
          <Skeleton className="m-4 h-60" />
        ) : null
      ) : preview.data.total === 0 ? (
        <p className="px-4 pb-4 text-sm text-ink-soft">This campaign has no leads yet.</p>
      ) : (
        <Ranking
          preview={preview.data}
          isStale={preview.isPlaceholderData || settled !== weights || !isValid}
        />
      )}
      {preview.error === null ? null : (
        <ErrorNotice
          className="m-4"
          error={preview.error}
          title="The ranking could not be made"
          onRetry={() => void preview.refetch()}
        />
      )}
    </Card>
  );
}
