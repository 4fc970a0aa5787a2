import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { RecentCampaigns } from '../features/dashboard/recent-campaigns.tsx';
import { RunningCampaigns } from '../features/dashboard/running-campaigns.tsx';
import { Totals } from '../features/dashboard/totals.tsx';
import { useDocumentTitle } from '../lib/use-document-title.ts';

export function DashboardPage() {
  useDocumentTitle('Dashboard');
  return (
    <>
      <PageHeader
        title="Dashboard"
        actions={
          <Link to="/campaigns/new" className={buttonClass('primary')}>
            <Plus aria-hidden className="size-4" />
            New campaign
          </Link>
        }
      />
      <div className="space-y-5">
        <Totals />
        <RunningCampaigns />
        <RecentCampaigns />
      </div>
    </>
  );
}
