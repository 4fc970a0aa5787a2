import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import type { ReactNode } from 'react';
import { LoadedList } from './loaded.tsx';
import { RowList } from './row-list.tsx';
import { SearchField } from './search-field.tsx';

interface NamedListPageProps {
  title: string;
  description: string;
  /** What makes a new one. */
  action: ReactNode;
  /** What is listed, in the plural. */
  what: string;
  /** What is searched for in the names. */
  words: string;
  onWords: (words: string) => void;
  list: {
    readonly data: unknown;
    readonly error: unknown;
    readonly refetch: () => Promise<unknown>;
  };
  /** Stands for a list without rows. */
  empty: ReactNode;
  /** The rows. */
  children: readonly ReactNode[];
}

/** A page of things that have a name: heading, search, and the list in its states. */
export function NamedListPage(props: NamedListPageProps) {
  const { title, description, action, what, words, onWords, list, empty, children } = props;
  return (
    <>
      <PageHeader title={title} description={description} actions={action} />
      <SearchField
        label={`Search ${what}`}
        placeholder="Search by name"
        value={words}
        onChange={onWords}
        className="mb-3 w-full sm:w-64"
      />
      <LoadedList query={list} what={what} isEmpty={children.length === 0} empty={empty}>
        <RowList label={title}>{children}</RowList>
      </LoadedList>
    </>
  );
}

interface NamedRowProps {
  /** A link or a button that covers the row: `ROW_NAME` is its class. */
  name: ReactNode;
  description: string;
  children: ReactNode;
}

export const ROW_NAME =
  'block max-w-full truncate text-left text-sm font-medium after:absolute after:inset-0';

export function NamedRow({ name, description, children }: NamedRowProps) {
  return (
    <li className="relative flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-3 transition-colors hover:bg-sunken/70">
      <div className="min-w-0 flex-1 basis-56">
        {name}
        <p className="truncate text-xs text-ink-faint">{description}</p>
      </div>
      {children}
    </li>
  );
}
