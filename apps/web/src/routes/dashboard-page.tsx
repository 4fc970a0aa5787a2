import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { RecentCampaigns } from '../features/dashboard/recent-campaigns.tsx';
import { RunningCampaigns } from '../features/dashboard/running-campaigns.tsx';
import { Totals } from '../features/dashboard/totals.tsx';
import { NewLink } from '../features/shell/new-link.tsx';
import { useDocumentTitle } from '../lib/use-document-title.ts';

export function DashboardPage() {
  useDocumentTitle('Dashboard');
  return (
    <>
      <PageHeader title="Dashboard" actions={<NewLink to="/campaigns/new">New campaign</NewLink>} />
      <div className="space-y-5">
        <Totals />
        <RunningCampaigns />
        <RecentCampaigns />
      </div>
    </>
  );
}
