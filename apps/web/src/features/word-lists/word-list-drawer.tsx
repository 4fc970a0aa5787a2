import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Drawer } from '@domainflow/ui/primitives/dialog.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toAppError } from '../../lib/app-error.ts';
import type { WordListView } from '../../lib/contract.ts';
import { formatCount } from '../../lib/format.ts';
import { useMe } from '../../lib/session.ts';
import { api, trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ShowMore } from '../shell/show-more.tsx';
import { DeleteWordListDialog } from './delete-word-list-dialog.tsx';
import { RenameWordList } from './rename-word-list.tsx';
import { WordListIntake } from './word-list-intake.tsx';

const PAGE_WORDS = 500;

interface WordListDrawerProps {
  wordListId: string | null;
  onClose: () => void;
}

/** One list with its words, page by page. */
export function WordListDrawer({ wordListId, onClose }: WordListDrawerProps) {
  const pages = useInfiniteQuery({
    queryKey: [...trpc.wordLists.get.pathKey(), wordListId],
    queryFn: ({ pageParam }) =>
      api.wordLists.get.query({ id: wordListId ?? '', limit: PAGE_WORDS, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.nextOffset ?? undefined,
    enabled: wordListId !== null,
  });
  const list = pages.data?.pages[0];
  const words = pages.data?.pages.flatMap((page) => page.words) ?? [];
  const isMissing =
    pages.error !== null && ['NOT_FOUND', 'INVALID_INPUT'].includes(toAppError(pages.error).code);
  return (
    <Drawer
      open={wordListId !== null}
      onClose={onClose}
      title={list?.name ?? (isMissing ? 'There is no such list' : 'Word list')}
    >
      {pages.error === null ? null : isMissing ? (
        <p className="text-sm text-ink-soft">It may have been deleted.</p>
      ) : (
        <ErrorNotice
          error={pages.error}
          title="The list could not be loaded"
          onRetry={() => void pages.refetch()}
        />
      )}
      {list === undefined && pages.error === null ? <Skeleton className="h-60 w-full" /> : null}
      {list === undefined || isMissing ? null : (
        <div className="space-y-5">
          {list.description === '' ? null : (
            <p className="text-sm whitespace-pre-line text-ink-soft">{list.description}</p>
          )}
          <Actions key={list.version} list={list} onDeleted={onClose} />
          <WordListIntake list={list} />
          <section aria-labelledby="words-of-list">
            <h3 id="words-of-list" className="mb-1.5 text-sm font-semibold">
              Words <span className="font-normal text-ink-faint">in their order</span>
            </h3>
            <ol
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
              tabIndex={0}
              aria-label={`Words of ${list.name}`}
              className="max-h-96 columns-2 overflow-y-auto rounded-lg bg-sunken p-3 font-mono text-xs ring-1 ring-line ring-inset sm:columns-3"
            >
              {words.map((word) => (
                <li key={word} className="truncate" title={word}>
                  {word}
                </li>
              ))}
            </ol>
            <p className="mt-1.5 flex flex-wrap items-center justify-between gap-2 text-xs text-ink-faint">
              {formatCount(words.length)} of {formatCount(list.wordCount)}
              <ShowMore list={pages} />
            </p>
          </section>
        </div>
      )}
    </Drawer>
  );
}

/** Rename and delete, for those who may. */
function Actions({ list, onDeleted }: { list: WordListView; onDeleted: () => void }) {
  const me = useMe();
  const [isRenaming, setRenaming] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const mayEdit = me !== undefined && (me.role === 'admin' || me.userId === list.createdBy);
  if (!mayEdit) {
    return (
      <p className="text-xs text-ink-faint">Only who made this list, or an administrator, may change it.</p>
    );
  }
  if (isRenaming) return <RenameWordList list={list} onDone={() => setRenaming(false)} />;
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" icon={<Pencil aria-hidden className="size-3.5" />} onClick={() => setRenaming(true)}>
        Rename
      </Button>
      <Button
        size="sm"
        look="danger"
        icon={<Trash2 aria-hidden className="size-3.5" />}
        onClick={() => setDeleting(true)}
      >
        Delete
      </Button>
      <DeleteWordListDialog
        list={list}
        open={isDeleting}
        onClose={() => setDeleting(false)}
        onDeleted={onDeleted}
      />
    </div>
  );
}
