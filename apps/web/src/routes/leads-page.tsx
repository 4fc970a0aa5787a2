import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Tabs } from '@domainflow/ui/primitives/tabs.tsx';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CampaignSelect } from '../features/campaigns/campaign-select.tsx';
import { LeadGroups } from '../features/leads/lead-groups.tsx';
import { LeadsView } from '../features/leads/leads-view.tsx';
import { type LeadsSearch, NO_LEAD_FILTERS } from '../lib/lead-search.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';
import { useDrawerHistory } from '../lib/use-drawer-history.ts';

/** Leads of all campaigns, and their near-duplicates. */
export function LeadsPage() {
  useDocumentTitle('Leads');
  const search = useSearch({ from: '/app/leads' });
  const navigate = useNavigate({ from: '/leads' });
  const withDrawer = useDrawerHistory();
  const change = (next: LeadsSearch): void =>
    withDrawer('lead', search, next, (how) =>
      navigate({ search: (previous) => ({ ...previous, ...next }), ...how }),
    );
  const campaign = (
    <CampaignSelect value={search.campaignId} onChange={(campaignId) => change({ campaignId })} />
  );
  return (
    <>
      <PageHeader title="Leads" description="Sites worth a call, from all campaigns, best first." />
      <Tabs
        label="Leads"
        value={search.view ?? 'leads'}
        onValueChange={(view) => change({ view: view === 'groups' ? view : undefined, lead: undefined })}
        items={[
          {
            value: 'leads' as const,
            label: 'All leads',
            content: (
              <LeadsView
                search={search}
                onSearch={change}
                campaignId={search.campaignId}
                emptyHint={
                  <>
                    They appear here when a campaign has analysed pages.{' '}
                    <Link to="/campaigns/new" className="text-accent-ink hover:underline">
                      Create a campaign
                    </Link>
                  </>
                }
              >
                {campaign}
              </LeadsView>
            ),
          },
          {
            value: 'groups' as const,
            label: 'Near-duplicates',
            content: (
              <div className="space-y-3">
                <div className="flex">{campaign}</div>
                <LeadGroups
                  campaignId={search.campaignId}
                  onOpen={(groupId) => change({ ...NO_LEAD_FILTERS, view: undefined, groupId })}
                />
              </div>
            ),
          },
        ]}
      />
    </>
  );
}
