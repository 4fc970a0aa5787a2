import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';

export function PersonasPage() {
  return <PageHeader title="Personas" />;
}
