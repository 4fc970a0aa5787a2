import { CAMPAIGN_PRESETS } from '@domainflow/domain/campaign/types.ts';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Progress } from '@domainflow/ui/primitives/progress.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { Link } from '@tanstack/react-router';
import type { CampaignSummary } from '../../lib/contract.ts';
import { countOf, formatAgo, formatCount, formatInstant, formatPercent } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { CampaignActions } from './campaign-actions.tsx';
import { CAMPAIGN_LOOKS, CampaignStatusBadge } from './campaign-looks.tsx';

const HEAD = 'px-3 py-2 text-left text-xs font-medium text-ink-faint';
const CELL = 'px-3 py-2.5 align-middle';

interface CampaignTableProps {
  campaigns: readonly CampaignSummary[];
  /** They belong to what was asked before. */
  isStale?: boolean;
}

/** Campaigns as a table in a card; on a phone each row folds into a card. */
export function CampaignTable({ campaigns, isStale = false }: CampaignTableProps) {
  const now = useNow(30_000);
  return (
    <Card aria-label="List of campaigns" aria-busy={isStale}>
      <table className="w-full text-sm max-md:block">
        <thead className="border-b border-line max-md:sr-only">
          <tr>
            <th scope="col" className={HEAD}>
              Campaign
            </th>
            <th scope="col" className={HEAD}>
              Status
            </th>
            <th scope="col" className={`${HEAD} w-56`}>
              Progress
            </th>
            <th scope="col" className={`${HEAD} text-right`}>
              Domains
            </th>
            <th scope="col" className={HEAD}>
              Created
            </th>
            <th scope="col" className={HEAD}>
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-md:block">
          {campaigns.map((campaign) => (
            <tr
              key={campaign.campaignId}
              className="group relative transition-colors hover:bg-sunken/70 max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:items-center max-md:gap-x-3 max-md:px-1 max-md:py-2"
            >
              <td className={`${CELL} min-w-0 max-md:py-1`}>
                <Link
                  to="/campaigns/$campaignId"
                  params={{ campaignId: campaign.campaignId }}
                  search={{}}
                  className="block truncate font-medium after:absolute after:inset-0 group-hover:text-accent-ink md:max-w-80"
                >
                  {campaign.campaignName}
                </Link>
                <p className="truncate text-xs text-ink-faint">
                  {CAMPAIGN_PRESETS[campaign.campaignType].label}
                  {campaign.mode === 'step_by_step' ? ' · step by step' : ''}
                  {campaign.tags.length === 0 ? '' : ` · ${campaign.tags.join(', ')}`}
                </p>
              </td>
              <td className={`${CELL} max-md:py-1`}>
                <CampaignStatusBadge status={campaign.status} />
              </td>
              <td className={`${CELL} max-md:col-span-2 max-md:py-1`}>
                <div className="flex items-center gap-2">
                  <Progress
                    percent={campaign.progress}
                    label={`Progress of ${campaign.campaignName}`}
                    tone={CAMPAIGN_LOOKS[campaign.status].tone}
                    className="flex-1"
                  />
                  <span className="w-12 text-right text-xs text-ink-soft">
                    {formatPercent(campaign.progress)}
                  </span>
                </div>
              </td>
              <td
                className={`${CELL} text-right max-md:py-0 max-md:text-left max-md:text-xs max-md:text-ink-faint`}
              >
                <span className="max-md:hidden">{formatCount(campaign.initialNumberOfDomains)}</span>
                <span className="md:hidden">
                  {countOf(campaign.initialNumberOfDomains, 'domain')} · {formatAgo(campaign.createdAt, now)}
                </span>
              </td>
              <td
                className={`${CELL} whitespace-nowrap text-ink-soft max-md:hidden`}
                title={formatInstant(campaign.createdAt)}
              >
                {formatAgo(campaign.createdAt, now)}
              </td>
              <td className={`${CELL} w-10 text-right max-md:justify-self-end max-md:py-0`}>
                <div className="relative z-10">
                  <CampaignActions campaign={campaign} />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** The place of rows that are loading, as high as they will be. */
export function CampaignTableSkeleton({ rows }: { rows: number }) {
  return (
    <Card>
      <div role="status" aria-label="Loading campaigns" className="divide-y divide-line">
        {Array.from({ length: rows }, (_, index) => (
          <div key={`row-${index}`} className="flex h-[3.75rem] items-center gap-4 px-3">
            <div className="flex-1 space-y-1.5">
              <Skeleton className="h-3.5 w-48" />
              <Skeleton className="h-3 w-28" />
            </div>
            <Skeleton className="h-5 w-20" />
            <Skeleton className="hidden h-2 w-48 md:block" />
          </div>
        ))}
      </div>
    </Card>
  );
}
