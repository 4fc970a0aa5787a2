import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Sparkles } from 'lucide-react';
import { trpc } from '../../lib/trpc.ts';
import { CampaignTable, CampaignTableSkeleton } from '../campaigns/campaign-table.tsx';
import { useLab } from '../lab/use-lab.ts';
import { LoadedList } from '../shell/loaded.tsx';

export function RecentCampaigns() {
  const recent = useQuery(trpc.campaigns.list.queryOptions({ limit: 8, sort: 'createdAt', order: 'desc' }));
  const lab = useLab();
  const items = recent.data?.items ?? [];
  return (
    <section aria-labelledby="recent">
      <div className="mb-2 flex items-baseline justify-between">
        <h2 id="recent" className="text-sm font-semibold">
          Recent campaigns
        </h2>
        {items.length > 0 ? (
          <Link to="/campaigns" search={{}} className="text-xs font-medium text-accent-ink hover:underline">
            All campaigns
          </Link>
        ) : null}
      </div>
      <LoadedList
        query={recent}
        what="campaigns"
        skeleton={<CampaignTableSkeleton rows={4} />}
        isEmpty={items.length === 0}
        empty={
          <EmptyState
            icon={<Sparkles aria-hidden className="size-5" />}
            title="Start with a space of names"
            action={
              <Link to="/campaigns/new" className={buttonClass('primary')}>
                Create a campaign
              </Link>
            }
          >
            Describe names by a pattern, paste a list or upload one. DomainFlow finds out which exist, visits
            the live ones, and hands back scored leads with the reason for every point.
            {lab === null ? null : (
              <p className="mt-2">
                For a first try choose <strong className="font-medium text-ink">Use the lab</strong> among the
                phases: a simulated internet on this machine answers, and nothing is sent to the real one.
              </p>
            )}
          </EmptyState>
        }
      >
        <CampaignTable campaigns={items} />
      </LoadedList>
    </section>
  );
}
