import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';

export function UsersPage() {
  return <PageHeader title="Users" />;
}
