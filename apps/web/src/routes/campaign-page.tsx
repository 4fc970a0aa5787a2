import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';

export function CampaignPage() {
  return <PageHeader title="Campaign" />;
}
