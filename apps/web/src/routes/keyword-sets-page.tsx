import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Tags } from 'lucide-react';
import { useState } from 'react';
import { NamedListPage, NamedRow, ROW_NAME } from '../features/shell/named-list-page.tsx';
import { NewLink } from '../features/shell/new-link.tsx';
import { countOf, formatAgo, formatCount } from '../lib/format.ts';
import { searchOf } from '../lib/search-params.ts';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';
import { useNow } from '../lib/use-now.ts';

export function KeywordSetsPage() {
  useDocumentTitle('Keyword sets');
  const now = useNow(60_000);
  const [words, setWords] = useState('');
  const list = useQuery(
    trpc.keywordSets.list.queryOptions(
      { limit: 500, ...searchOf(words) },
      { placeholderData: keepPreviousData },
    ),
  );
  const items = list.data?.items ?? [];
  return (
    <NamedListPage
      title="Keyword sets"
      description="Rules that analysis looks for on pages; each match adds its weight to the score."
      action={<NewLink to="/keyword-sets/new">New keyword set</NewLink>}
      what="keyword sets"
      words={words}
      onWords={setWords}
      list={list}
      empty={
        <EmptyState
          icon={<Tags aria-hidden className="size-5" />}
          title={words === '' ? 'No keyword sets yet' : 'No keyword set matches'}
        />
      }
    >
      {items.map((set) => (
        <NamedRow
          key={set.keywordSetId}
          name={
            <Link
              to="/keyword-sets/$keywordSetId"
              params={{ keywordSetId: set.keywordSetId }}
              className={ROW_NAME}
            >
              {set.name}
            </Link>
          }
          description={set.description === '' ? 'No description' : set.description}
        >
          <span className="text-sm text-ink-soft">
            {countOf(set.ruleCount, 'rule')}
            {set.activeRuleCount < set.ruleCount ? `, ${formatCount(set.activeRuleCount)} active` : ''}
          </span>
          <span className="text-xs text-ink-faint">
            version {set.version}, {formatAgo(set.updatedAt, now)}
          </span>
        </NamedRow>
      ))}
    </NamedListPage>
  );
}
