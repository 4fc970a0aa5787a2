import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { BookOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { NamedListPage, NamedRow, ROW_NAME } from '../features/shell/named-list-page.tsx';
import { ShowMore } from '../features/shell/show-more.tsx';
import { NewWordListDialog } from '../features/word-lists/new-word-list-dialog.tsx';
import { WordListDrawer } from '../features/word-lists/word-list-drawer.tsx';
import type { WordListSummary } from '../lib/contract.ts';
import { countOf, formatAgo, formatBytes, formatCount } from '../lib/format.ts';
import { BY_CURSOR, itemsOf } from '../lib/paged-list.ts';
import { searchOf } from '../lib/search-params.ts';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';
import { useDrawerHistory } from '../lib/use-drawer-history.ts';
import { useNow } from '../lib/use-now.ts';

function Row({ list, now, onOpen }: { list: WordListSummary; now: number; onOpen: () => void }) {
  const dropped = list.duplicates + list.rejected;
  return (
    <NamedRow
      name={
        <button type="button" onClick={onOpen} className={ROW_NAME}>
          {list.name}
        </button>
      }
      description={list.description === '' ? (list.filename ?? 'Typed in') : list.description}
    >
      <span className="text-sm text-ink-soft">
        {countOf(list.wordCount, 'word')}
        {dropped === 0 ? '' : `, ${formatCount(dropped)} dropped`}
      </span>
      <span className="text-xs text-ink-faint">
        {formatBytes(list.sizeBytes)}, {formatAgo(list.updatedAt, now)}
      </span>
    </NamedRow>
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
  const withDrawer = useDrawerHistory();
  const open = (list: string | undefined): void =>
    withDrawer('list', { list: openId }, { list }, (how) => navigate({ search: { list }, ...how }));
  const lists = useInfiniteQuery(
    trpc.wordLists.list.infiniteQueryOptions(
      { limit: 100, ...searchOf(words) },
      { ...BY_CURSOR, placeholderData: keepPreviousData },
    ),
  );
  const items = itemsOf(lists.data);
  const create = (
    <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setCreating(true)}>
      New word list
    </Button>
  );
  return (
    <>
      <NamedListPage
        title="Word lists"
        description="Words that campaigns of the strategy Dictionary join into names. The words of a list never change: upload a new one instead."
        action={create}
        what="word lists"
        words={words}
        onWords={setWords}
        list={lists}
        empty={
          <EmptyState
            icon={<BookOpen aria-hidden className="size-5" />}
            title={words === '' ? 'No word lists yet' : 'No word list matches'}
            action={words === '' ? create : undefined}
          >
            {words === '' ? 'Upload a text file with one word a line, or type a few words in.' : undefined}
          </EmptyState>
        }
      >
        {items.map((list) => (
          <Row key={list.wordListId} list={list} now={now} onOpen={() => open(list.wordListId)} />
        ))}
      </NamedListPage>
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
