import { CAMPAIGN_PRESETS } from '@domainflow/domain/campaign/types.ts';
import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Progress } from '@domainflow/ui/primitives/progress.tsx';
import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import type { CampaignView } from '../../lib/contract.ts';
import { countOf, formatAgo, formatInstant, formatPercent } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { CAMPAIGN_LOOKS, CampaignStatusBadge } from '../campaigns/campaign-looks.tsx';
import { CampaignControls } from './campaign-controls.tsx';
import { EditCampaignButton } from './edit-campaign.tsx';

/** Name, state and progress of a campaign, with the commands that it takes now. */
export function CampaignHeader({ campaign }: { campaign: CampaignView }) {
  const now = useNow(5_000);
  return (
    <header className="space-y-3">
      <Link
        to="/campaigns"
        search={{}}
        className="inline-flex items-center gap-0.5 rounded-sm text-xs text-ink-faint hover:text-ink"
      >
        <ChevronLeft aria-hidden className="size-3.5" />
        Campaigns
      </Link>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="text-xl font-semibold tracking-tight break-words">{campaign.campaignName}</h1>
            <CampaignStatusBadge status={campaign.status} />
            <EditCampaignButton campaign={campaign} />
          </div>
          <p className="mt-0.5 flex flex-wrap gap-x-1.5 text-xs text-ink-faint">
            <span>{CAMPAIGN_PRESETS[campaign.campaignType].label}</span>
            <span aria-hidden>·</span>
            <span>{campaign.mode === 'full_sequence' ? 'full sequence' : 'step by step'}</span>
            <span aria-hidden>·</span>
            <span>{countOf(campaign.initialNumberOfDomains, 'domain')}</span>
            <span aria-hidden>·</span>
            <span title={formatInstant(campaign.createdAt)}>
              created {formatAgo(campaign.createdAt, now)} by {campaign.ownerName}
            </span>
          </p>
          {campaign.description === '' ? null : (
            <p className="mt-2 max-w-prose text-sm whitespace-pre-line text-ink-soft">
              {campaign.description}
            </p>
          )}
          {campaign.tags.length === 0 ? null : (
            <div className="mt-2 flex flex-wrap gap-1">
              {campaign.tags.map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </div>
          )}
        </div>
        <CampaignControls campaign={campaign} />
      </div>
      <div className="flex items-center gap-3">
        <Progress
          className="h-2 flex-1"
          percent={campaign.progress}
          tone={CAMPAIGN_LOOKS[campaign.status].tone}
          label="Progress of the campaign"
        />
        <span data-testid="campaign-progress" className="w-14 text-right text-sm font-medium">
          {formatPercent(campaign.progress)}
        </span>
      </div>
      {campaign.errorDetails === null ? null : (
        <Notice tone="bad" title="The campaign was stopped">
          {campaign.errorDetails.message}
        </Notice>
      )}
    </header>
  );
}
