import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Target } from 'lucide-react';
import type { CampaignView } from '../../lib/contract.ts';
import { useDrawerHistory } from '../../lib/use-drawer-history.ts';
import { LeadsView } from './leads-view.tsx';

/** The leads of one campaign. */
export function LeadsTab({ campaign }: { campaign: CampaignView }) {
  const search = useSearch({ from: '/app/campaigns/$campaignId' });
  const navigate = useNavigate({ from: '/campaigns/$campaignId' });
  const withDrawer = useDrawerHistory();
  if (!campaign.phases.some((phase) => phase.phase === 'analysis'))
    return (
      <EmptyState icon={<Target aria-hidden className="size-5" />} title="This campaign finds no leads">
        Its type has no analysis phase. A Lead Generation or Domain Intelligence campaign has.
      </EmptyState>
    );
  return (
    <LeadsView
      search={search}
      campaignId={campaign.campaignId}
      emptyHint="They appear here as pages are analysed."
      onSearch={(next) =>
        withDrawer('lead', search, next, (how) =>
          navigate({ search: (previous) => ({ ...previous, ...next }), ...how }),
        )
      }
    />
  );
}
