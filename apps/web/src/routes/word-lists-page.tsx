import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { BookOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { SearchField } from '../features/campaigns/search-field.tsx';
import { ErrorNotice } from '../features/shell/error-notice.tsx';
import { ShowMore } from '../features/shell/show-more.tsx';
import { NewWordListDialog } from '../features/word-lists/new-word-list-dialog.tsx';
import { WordListDrawer } from '../features/word-lists/word-list-drawer.tsx';
import type { WordListSummary } from '../lib/contract.ts';
import { formatAgo, formatBytes, formatCount } from '../lib/format.ts';
import { present } from '../lib/search-params.ts';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';
import { useNow } from '../lib/use-now.ts';

function Row({ list, now, onOpen }: { list: WordListSummary; now: number; onOpen: () => void }) {
  const dropped = list.duplicates + list.rejected;
  return (
    <li className="relative flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-3 transition-colors hover:bg-sunken/70">
      <div className="min-w-0 flex-1 basis-56">
        <button
          type="button"
          onClick={onOpen}
          className="block max-w-full truncate text-left text-sm font-medium after:absolute after:inset-0"
        >
          {list.name}
        </button>
        <p className="truncate text-xs text-ink-faint">
          {list.description === '' ? (list.filename ?? 'Typed in') : list.description}
        </p>
      </div>
      <span className="text-sm text-ink-soft">
        {formatCount(list.wordCount)} {list.wordCount === 1 ? 'word' : 'words'}
        {dropped === 0 ? '' : `, ${formatCount(dropped)} dropped`}
      </span>
      <span className="text-xs text-ink-faint">
        {formatBytes(list.sizeBytes)}, {formatAgo(list.updatedAt, now)}
      </span>
    </li>
  );
}

/** Lists of words that dictionaries take their names from. */
export function WordListsPage() {
  useDocumentTitle('Word lists');
  const now = useNow(60_000);
  const { list: openId } = useSearch({ from: '/app/word-lists' });
  const navigate = useNavigate({ from: '/word-lists' });
  const [words, setWords] = useState('');
  const [isCreating, setCreating] = useState(false);
  const open = (list: string | undefined): void => void navigate({ search: { list }, resetScroll: false });
  const lists = useInfiniteQuery(
    trpc.wordLists.list.infiniteQueryOptions(
      { limit: 100, ...present({ search: words === '' ? undefined : words }) },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
    ),
  );
  const items = lists.data?.pages.flatMap((page) => page.items) ?? [];
  const create = (
    <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setCreating(true)}>
      New word list
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Word lists"
        description="Words that campaigns of the strategy Dictionary join into names. The words of a list never change: upload a new one instead."
        actions={create}
      />
      <SearchField
        label="Search word lists"
        placeholder="Search by name"
        value={words}
        onChange={setWords}
        className="mb-3 w-full sm:w-64"
      />
      {lists.error === null ? null : (
        <ErrorNotice
          className="mb-3"
          error={lists.error}
          title="The word lists could not be loaded"
          onRetry={() => void lists.refetch()}
        />
      )}
      {lists.isPending && lists.error === null ? <Skeleton className="h-40 w-full" /> : null}
      {lists.isSuccess ? (
        <Card>
          {items.length === 0 ? (
            <EmptyState
              icon={<BookOpen aria-hidden className="size-5" />}
              title={words === '' ? 'No word lists yet' : 'No word list matches'}
              action={words === '' ? create : undefined}
            >
              {words === '' ? 'Upload a text file with one word a line, or type a few words in.' : undefined}
            </EmptyState>
          ) : (
            <ul aria-label="Word lists" className="divide-y divide-line">
              {items.map((list) => (
                <Row key={list.wordListId} list={list} now={now} onOpen={() => open(list.wordListId)} />
              ))}
            </ul>
          )}
        </Card>
      ) : null}
      <ShowMore list={lists} className="mt-3" />
      <NewWordListDialog
        open={isCreating}
        onClose={() => setCreating(false)}
        onOpenList={(id) => {
          setCreating(false);
          open(id);
        }}
      />
      <WordListDrawer wordListId={openId ?? null} onClose={() => open(undefined)} />
    </>
  );
}
