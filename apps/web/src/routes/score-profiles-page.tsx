import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Gauge, Plus } from 'lucide-react';
import { useState } from 'react';
import { SearchField } from '../features/campaigns/search-field.tsx';
import { ErrorNotice } from '../features/shell/error-notice.tsx';
import { formatAgo } from '../lib/format.ts';
import { present } from '../lib/search-params.ts';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';
import { useNow } from '../lib/use-now.ts';

/** Weights that leads are scored by. */
export function ScoreProfilesPage() {
  useDocumentTitle('Score profiles');
  const now = useNow(60_000);
  const [words, setWords] = useState('');
  const list = useQuery(
    trpc.scoreProfiles.list.queryOptions(
      { limit: 500, ...present({ search: words === '' ? undefined : words }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const items = list.data?.items ?? [];
  return (
    <>
      <PageHeader
        title="Score profiles"
        description="How many points keywords, contacts, technologies and the page itself give a lead."
        actions={
          <Link to="/score-profiles/new" className={buttonClass('primary')}>
            <Plus aria-hidden className="size-4" />
            New score profile
          </Link>
        }
      />
      <SearchField
        label="Search score profiles"
        placeholder="Search by name"
        value={words}
        onChange={setWords}
        className="mb-3 w-full sm:w-64"
      />
      {list.error === null ? null : (
        <ErrorNotice
          className="mb-3"
          error={list.error}
          title="The score profiles could not be loaded"
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && list.error === null ? <Skeleton className="h-40 w-full" /> : null}
      {list.isSuccess ? (
        <Card>
          {items.length === 0 ? (
            <EmptyState icon={<Gauge aria-hidden className="size-5" />} title="No score profile matches" />
          ) : (
            <ul aria-label="Score profiles" className="divide-y divide-line">
              {items.map((profile) => (
                <li
                  key={profile.scoreProfileId}
                  className="relative flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-3 transition-colors hover:bg-sunken/70"
                >
                  <div className="min-w-0 flex-1 basis-56">
                    <Link
                      to="/score-profiles/$scoreProfileId"
                      params={{ scoreProfileId: profile.scoreProfileId }}
                      className="block truncate text-sm font-medium after:absolute after:inset-0"
                    >
                      {profile.name}
                    </Link>
                    <p className="truncate text-xs text-ink-faint">
                      {profile.description === '' ? 'No description' : profile.description}
                    </p>
                  </div>
                  {profile.isDefault ? <Badge tone="accent">Default</Badge> : null}
                  <span className="text-xs text-ink-faint">
                    version {profile.version}, {formatAgo(profile.updatedAt, now)}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Card>
      ) : null}
    </>
  );
}
