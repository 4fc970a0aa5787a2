import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';

export function KeywordSetsPage() {
  return <PageHeader title="Keyword sets" />;
}
