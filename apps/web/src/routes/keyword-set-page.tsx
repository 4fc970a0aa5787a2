import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';

export function KeywordSetPage() {
  return <PageHeader title="Keyword set" />;
}

export function NewKeywordSetPage() {
  return <PageHeader title="New keyword set" />;
}
