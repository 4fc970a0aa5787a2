import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Activity } from 'lucide-react';
import { ResolverCard } from '../features/resolvers/resolver-card.tsx';
import { ErrorNotice } from '../features/shell/error-notice.tsx';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';
import { useNow } from '../lib/use-now.ts';

/** Workers report every few seconds. */
const REFRESH_MS = 4_000;

/** How the resolvers do that the workers ask now. */
export function ResolversPage() {
  useDocumentTitle('Resolvers');
  const now = useNow(REFRESH_MS);
  const health = useQuery(trpc.resolvers.health.queryOptions({}, { refetchInterval: REFRESH_MS }));
  const items = health.data?.items ?? [];
  return (
    <>
      <PageHeader
        title="Resolvers"
        description="How the workers find the resolvers that they ask at present. Which are asked is set in DNS personas."
      />
      {health.error === null ? null : (
        <ErrorNotice
          className="mb-3"
          error={health.error}
          title="The state of the resolvers could not be loaded"
          onRetry={() => void health.refetch()}
        />
      )}
      {health.isPending && health.error === null ? <Skeleton className="h-40 w-full" /> : null}
      {health.isSuccess && items.length === 0 ? (
        <Card>
          <EmptyState
            icon={<Activity aria-hidden className="size-5" />}
            title="No resolver is being asked"
            action={
              <Link to="/personas" search={{ kind: 'dns' }} className={buttonClass()}>
                Test a DNS persona
              </Link>
            }
          >
            They appear here while a campaign asks DNS. To try resolvers out before, test a persona.
          </EmptyState>
        </Card>
      ) : null}
      <ul className="space-y-3">
        {items.map((resolver) => (
          <li key={`${resolver.transport} ${resolver.resolver}`}>
            <ResolverCard resolver={resolver} nowMs={now} />
          </li>
        ))}
      </ul>
    </>
  );
}
