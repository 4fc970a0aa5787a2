import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { CampaignHeader } from '../features/campaign/campaign-header.tsx';
import { CampaignTabs } from '../features/campaign/campaign-tabs.tsx';
import { DraftUpload } from '../features/campaign/draft-upload.tsx';
import { PatternCard } from '../features/campaign/pattern-card.tsx';
import { PhaseCards } from '../features/campaign/phase-cards.tsx';
import { ErrorNotice } from '../features/shell/error-notice.tsx';
import { OUT_OF_DATE } from '../features/shell/loaded.tsx';
import { toAppError } from '../lib/app-error.ts';
import type { CampaignView } from '../lib/contract.ts';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';

function CampaignSkeleton() {
  return (
    <div role="status" aria-label="Loading the campaign" className="space-y-5">
      <Skeleton className="h-20 w-full" />
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        {['one', 'two', 'three', 'four'].map((key) => (
          <Skeleton key={key} className="h-44 w-full" />
        ))}
      </div>
      <Skeleton className="h-96 w-full" />
    </div>
  );
}

/** No event tells that a phase begins or ends to wait for quiet hours: it is asked for. */
const WAITING_INTERVAL_MS = 10_000;

const mayWait = (campaign: CampaignView | undefined): boolean =>
  campaign?.phases.some(
    (phase) => phase.status === 'running' && (phase.phase === 'dns' || phase.phase === 'http'),
  ) === true;

export function CampaignPage() {
  const { campaignId } = useParams({ from: '/app/campaigns/$campaignId' });
  const query = useQuery(
    trpc.campaigns.get.queryOptions(
      { id: campaignId },
      { refetchInterval: ({ state }) => (mayWait(state.data) ? WAITING_INTERVAL_MS : false) },
    ),
  );
  const campaign = query.data;
  useDocumentTitle(campaign?.campaignName ?? 'Campaign');

  if (campaign === undefined) {
    if (query.error === null) return <CampaignSkeleton />;
    const { code } = toAppError(query.error);
    if (code !== 'NOT_FOUND' && code !== 'INVALID_INPUT') {
      return (
        <ErrorNotice
          error={query.error}
          title="The campaign could not be loaded"
          onRetry={() => void query.refetch()}
        />
      );
    }
    return (
      <EmptyState
        icon={<SearchX aria-hidden className="size-5" />}
        isPage
        title="There is no such campaign"
        action={
          <Link to="/campaigns" search={{}} className={buttonClass()}>
            All campaigns
          </Link>
        }
      >
        It may have been deleted, or it belongs to somebody else.
      </EmptyState>
    );
  }
  return (
    <div className="space-y-5">
      <CampaignHeader campaign={campaign} />
      {query.error === null ? null : (
        <ErrorNotice error={query.error} title={OUT_OF_DATE} onRetry={() => void query.refetch()} />
      )}
      {campaign.input.source === 'upload' ? <DraftUpload campaign={campaign} /> : null}
      <PhaseCards campaign={campaign} />
      {campaign.input.source === 'pattern' ? (
        <PatternCard campaign={campaign} pattern={campaign.input.pattern} />
      ) : null}
      <CampaignTabs campaign={campaign} />
    </div>
  );
}
