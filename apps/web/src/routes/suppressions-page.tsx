import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';
import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Button, IconButton } from '@domainflow/ui/primitives/button.tsx';
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Ban, Eraser, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { DomainName } from '../features/domains/domain-name.tsx';
import { FilterSelect } from '../features/shell/filter-select.tsx';
import { LoadedList } from '../features/shell/loaded.tsx';
import { RowList } from '../features/shell/row-list.tsx';
import { SearchField } from '../features/shell/search-field.tsx';
import { ShowMore } from '../features/shell/show-more.tsx';
import { AddSuppressionsDialog } from '../features/suppressions/add-suppressions.tsx';
import { EraseDialog } from '../features/suppressions/erase-dialog.tsx';
import { useSuppressionsChanged } from '../features/suppressions/use-suppressions-changed.ts';
import { toAppError } from '../lib/app-error.ts';
import type { Outputs } from '../lib/contract.ts';
import { formatAgo, totalOf } from '../lib/format.ts';
import { BY_CURSOR, itemsOf } from '../lib/paged-list.ts';
import { present } from '../lib/search-params.ts';
import { useMe } from '../lib/session.ts';
import { api, trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';
import { useNow } from '../lib/use-now.ts';

type Suppression = Outputs['suppressions']['list']['items'][number];

const KIND_LABELS = { domain: 'Domain', email: 'E-mail', hash: 'Hash' } as const;
const KINDS = [
  ['domain', 'domains'],
  ['email', 'e-mail addresses'],
  ['hash', 'hashes'],
] as const satisfies readonly (readonly [Suppression['kind'], string])[];

function Row({ entry, now, onDelete }: { entry: Suppression; now: number; onDelete: (() => void) | null }) {
  const name = entry.value ?? entry.hash;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-4 py-2.5">
      <div className="min-w-0">
        <p className="flex min-w-0 items-center gap-2">
          <span className="truncate font-mono text-sm" title={name}>
            {entry.kind === 'domain' ? <DomainName name={name} /> : name}
          </span>
          <Badge>{KIND_LABELS[entry.kind]}</Badge>
        </p>
        <p className="truncate text-xs text-ink-faint">
          {entry.reason === '' ? 'No reason given' : entry.reason} · {formatAgo(entry.createdAt, now)}
        </p>
      </div>
      {onDelete === null ? null : (
        <IconButton label={`Delete the suppression of ${name}`} onClick={onDelete}>
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
      )}
    </li>
  );
}

/** What a list without entries says: with a kind chosen, an entry of another kind may cover what is asked about. */
function emptyTitle(isAsked: boolean, isOfKind: boolean): string {
  if (isOfKind) return isAsked ? 'No entry of this kind covers it' : 'No entry of this kind';
  return isAsked ? 'It is not suppressed' : 'Nothing is suppressed';
}

/** Domains and addresses that are left alone. */
export function SuppressionsPage() {
  useDocumentTitle('Suppressions');
  const now = useNow(60_000);
  const changed = useSuppressionsChanged();
  const me = useMe();
  const [covering, setCovering] = useState('');
  const [kind, setKind] = useState<Suppression['kind'] | undefined>(undefined);
  const [isAdding, setAdding] = useState(false);
  const [isErasing, setErasing] = useState(false);
  const [leaving, setLeaving] = useState<Suppression | null>(null);
  const list = useInfiniteQuery(
    trpc.suppressions.list.infiniteQueryOptions(
      { limit: 100, ...present({ kind, covering: covering.trim() === '' ? undefined : covering.trim() }) },
      { ...BY_CURSOR, placeholderData: keepPreviousData },
    ),
  );
  const remove = useMutation({
    mutationFn: (id: string) => api.suppressions.delete.mutate({ id }),
    onSuccess: () => toast.success('It is no longer suppressed'),
    onError: (error) => toast.error(toAppError(error).message),
    onSettled: changed,
  });
  const items = itemsOf(list.data);
  const first = list.data?.pages[0];
  const isFiltered = covering.trim() !== '' || kind !== undefined;
  const add = (
    <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setAdding(true)}>
      Suppress
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Suppressions"
        description="Domains and e-mail addresses that are left alone: not fetched, not shown, not exported."
        actions={add}
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField
          label="Is it suppressed?"
          placeholder="Is this domain or address suppressed?"
          value={covering}
          onChange={setCovering}
          className="w-full sm:w-80"
        />
        <FilterSelect label="Kind" value={kind} onChange={setKind} options={KINDS} className="!w-auto" />
        <span role="status" data-testid="suppressions-total" className="text-xs text-ink-faint">
          {first === undefined ? '' : totalOf(first, 'entry', 'entries')}
        </span>
        {me?.role === 'admin' ? (
          <Button
            look="danger"
            icon={<Eraser aria-hidden className="size-4" />}
            onClick={() => setErasing(true)}
            className="sm:ml-auto"
          >
            Erase
          </Button>
        ) : null}
      </div>
      <LoadedList
        query={list}
        what="suppressions"
        isEmpty={items.length === 0}
        empty={
          <EmptyState
            icon={<Ban aria-hidden className="size-5" />}
            title={emptyTitle(covering.trim() !== '', kind !== undefined)}
            action={isFiltered ? undefined : add}
          >
            {isFiltered ? undefined : 'Add whoever does not want to hear from you, or import your list.'}
          </EmptyState>
        }
      >
        <RowList label="Suppressions" isStale={list.isPlaceholderData}>
          {items.map((entry) => (
            <Row
              key={entry.suppressionId}
              entry={entry}
              now={now}
              onDelete={
                me?.role === 'admin' || entry.createdBy === me?.userId ? () => setLeaving(entry) : null
              }
            />
          ))}
        </RowList>
      </LoadedList>
      <ShowMore list={list} className="mt-3" />
      <AddSuppressionsDialog open={isAdding} onClose={() => setAdding(false)} />
      <EraseDialog open={isErasing} onClose={() => setErasing(false)} />
      <ConfirmDialog
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        title={`Delete the suppression of ${leaving?.value ?? leaving?.hash ?? ''}?`}
        confirmLabel="Delete suppression"
        onConfirm={() => {
          if (leaving !== null) remove.mutate(leaving.suppressionId);
        }}
      >
        It can be fetched, listed and exported again.
      </ConfirmDialog>
    </>
  );
}
