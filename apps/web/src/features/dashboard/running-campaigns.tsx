import { Progress } from '@domainflow/ui/primitives/progress.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CampaignSummary } from '../../lib/contract.ts';
import { formatCount, formatPercent } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { CampaignStatusBadge } from '../campaigns/campaign-looks.tsx';
import { PHASE_LABELS } from '../phases/phase-labels.ts';
import { PhaseSpeed } from '../phases/phase-speed.tsx';
import { RowList } from '../shell/row-list.tsx';

function RunningCampaign({ campaign }: { campaign: CampaignSummary }) {
  const phase = campaign.phases.find((each) => each.status === 'running') ?? null;
  return (
    <li className="relative px-4 py-3 transition-colors hover:bg-sunken/70">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Link
          to="/campaigns/$campaignId"
          params={{ campaignId: campaign.campaignId }}
          search={{}}
          className="min-w-0 truncate font-medium after:absolute after:inset-0"
        >
          {campaign.campaignName}
        </Link>
        <CampaignStatusBadge status={campaign.status} />
      </div>
      <Progress className="my-2" percent={campaign.progress} label={`Progress of ${campaign.campaignName}`} />
      <div className="flex flex-wrap justify-between gap-x-4 text-xs text-ink-soft">
        <span>
          {phase === null
            ? 'Between phases'
            : `${PHASE_LABELS[phase.phase]}: ${formatCount(phase.processed)} of ${formatCount(phase.total)}`}
        </span>
        <span className="flex gap-3">
          {phase === null ? null : <PhaseSpeed campaignId={campaign.campaignId} phase={phase} />}
          <span>{formatPercent(campaign.progress)}</span>
        </span>
      </div>
    </li>
  );
}

/** What is running now, live. Absent while nothing runs. */
export function RunningCampaigns() {
  const active = useQuery(
    trpc.campaigns.list.queryOptions({ limit: 20, status: 'active', sort: 'updatedAt', order: 'desc' }),
  );
  const retrying = useQuery(
    trpc.campaigns.list.queryOptions({ limit: 20, status: 'retrying', sort: 'updatedAt', order: 'desc' }),
  );
  const campaigns = [...(active.data?.items ?? []), ...(retrying.data?.items ?? [])];
  if (campaigns.length === 0) return null;
  return (
    <section aria-labelledby="running">
      <h2 id="running" className="mb-2 text-sm font-semibold">
        Running now
      </h2>
      <RowList>
        {campaigns.map((campaign) => (
          <RunningCampaign key={campaign.campaignId} campaign={campaign} />
        ))}
      </RowList>
    </section>
  );
}
