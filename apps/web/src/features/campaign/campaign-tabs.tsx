import { Tabs } from '@domainflow/ui/primitives/tabs.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { CampaignView } from '../../lib/contract.ts';
import { formatCompact } from '../../lib/format.ts';
import { DomainsTab } from '../domains/domains-tab.tsx';
import { LeadsTab } from '../leads/leads-tab.tsx';
import { ExportTab } from './export-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { TrafficTab } from './traffic-tab.tsx';

/** What the campaign holds. Which tab is open stands in the address, and so do the filters. */
export function CampaignTabs({ campaign }: { campaign: CampaignView }) {
  const search = useSearch({ from: '/app/campaigns/$campaignId' });
  const navigate = useNavigate({ from: '/campaigns/$campaignId' });
  const leads = campaign.phases.find((phase) => phase.phase === 'analysis')?.counts.OK;
  return (
    <Tabs
      label="Campaign"
      value={search.tab ?? 'domains'}
      onValueChange={(tab) =>
        void navigate({
          search: (previous) => ({
            ...previous,
            tab: tab === 'domains' ? undefined : tab,
            domain: undefined,
          }),
          replace: true,
          resetScroll: false,
        })
      }
      items={[
        {
          value: 'domains',
          label: 'Domains',
          count: campaign.initialNumberOfDomains > 0 ? formatCompact(campaign.initialNumberOfDomains) : null,
          content: <DomainsTab campaign={campaign} />,
        },
        {
          value: 'leads',
          label: 'Leads',
          count: leads === undefined ? null : formatCompact(leads),
          content: <LeadsTab campaign={campaign} />,
        },
        ...(campaign.phases.some((phase) => phase.phase === 'dns' || phase.phase === 'http')
          ? [{ value: 'traffic' as const, label: 'Traffic', content: <TrafficTab campaign={campaign} /> }]
          : []),
        { value: 'history', label: 'History', content: <HistoryTab campaignId={campaign.campaignId} /> },
        { value: 'export', label: 'Export', content: <ExportTab campaign={campaign} /> },
      ]}
    />
  );
}
