import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import type { ReactNode } from 'react';
import { SearchField } from '../campaigns/search-field.tsx';
import { ErrorNotice } from './error-notice.tsx';

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
    readonly error: unknown;
    readonly isPending: boolean;
    readonly isSuccess: boolean;
    readonly refetch: () => Promise<unknown>;
  };
  /** The list, once it is there. */
  children: ReactNode;
}

/** A page of things that have a name: heading, search, and the list in its states. */
export function NamedListPage(props: NamedListPageProps) {
  const { title, description, action, what, words, onWords, list, children } = props;
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
      {list.error === null ? null : (
        <ErrorNotice
          className="mb-3"
          error={list.error}
          title={`The ${what} could not be loaded`}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && list.error === null ? <Skeleton className="h-40 w-full" /> : null}
      {list.isSuccess ? <Card>{children}</Card> : null}
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
