import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';

export function NewCampaignPage() {
  return <PageHeader title="New campaign" />;
}
