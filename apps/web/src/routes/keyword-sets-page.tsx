import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, Tags } from 'lucide-react';
import { useState } from 'react';
import { SearchField } from '../features/campaigns/search-field.tsx';
import { ErrorNotice } from '../features/shell/error-notice.tsx';
import { formatAgo, formatCount } from '../lib/format.ts';
import { present } from '../lib/search-params.ts';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';
import { useNow } from '../lib/use-now.ts';

export function KeywordSetsPage() {
  useDocumentTitle('Keyword sets');
  const now = useNow(60_000);
  const [words, setWords] = useState('');
  const list = useQuery(
    trpc.keywordSets.list.queryOptions(
      { limit: 500, ...present({ search: words === '' ? undefined : words }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const items = list.data?.items ?? [];
  return (
    <>
      <PageHeader
        title="Keyword sets"
        description="Rules that analysis looks for on pages; each match adds its weight to the score."
        actions={
          <Link to="/keyword-sets/new" className={buttonClass('primary')}>
            <Plus aria-hidden className="size-4" />
            New keyword set
          </Link>
        }
      />
      <SearchField
        label="Search keyword sets"
        placeholder="Search by name"
        value={words}
        onChange={setWords}
        className="mb-3 w-full sm:w-64"
      />
      {list.error === null ? null : (
        <ErrorNotice
          className="mb-3"
          error={list.error}
          title="The keyword sets could not be loaded"
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && list.error === null ? <Skeleton className="h-40 w-full" /> : null}
      {list.isSuccess ? (
        <Card>
          {items.length === 0 ? (
            <EmptyState
              icon={<Tags aria-hidden className="size-5" />}
              title={words === '' ? 'No keyword sets yet' : 'No keyword set matches'}
            />
          ) : (
            <ul className="divide-y divide-line">
              {items.map((set) => (
                <li
                  key={set.keywordSetId}
                  className="relative flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-3 transition-colors hover:bg-sunken/70"
                >
                  <div className="min-w-0 flex-1 basis-56">
                    <Link
                      to="/keyword-sets/$keywordSetId"
                      params={{ keywordSetId: set.keywordSetId }}
                      className="block truncate text-sm font-medium after:absolute after:inset-0"
                    >
                      {set.name}
                    </Link>
                    <p className="truncate text-xs text-ink-faint">
                      {set.description === '' ? 'No description' : set.description}
                    </p>
                  </div>
                  <span className="text-sm text-ink-soft">
                    {formatCount(set.ruleCount)} {set.ruleCount === 1 ? 'rule' : 'rules'}
                    {set.activeRuleCount < set.ruleCount
                      ? `, ${formatCount(set.activeRuleCount)} active`
                      : ''}
                  </span>
                  <span className="text-xs text-ink-faint">
                    version {set.version}, {formatAgo(set.updatedAt, now)}
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
