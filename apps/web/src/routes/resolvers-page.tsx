import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Activity } from 'lucide-react';
import { ResolverCard } from '../features/resolvers/resolver-card.tsx';
import { LoadedList } from '../features/shell/loaded.tsx';
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
      <LoadedList
        query={health}
        what="state of the resolvers"
        isEmpty={items.length === 0}
        empty={
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
        }
      >
        <ul className="space-y-3">
          {items.map((resolver) => (
            <li key={`${resolver.transport} ${resolver.resolver}`}>
              <ResolverCard resolver={resolver} nowMs={now} />
            </li>
          ))}
        </ul>
      </LoadedList>
    </>
  );
}
