import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../shell/error-notice.tsx';

interface ListStatesProps {
  list: {
    readonly error: unknown;
    readonly isPending: boolean;
    readonly refetch: () => Promise<unknown>;
  };
  /** What is listed, in the plural. */
  what: string;
  /** Stands for a list without rows. */
  empty: ReactNode;
  /** The rows. */
  children: readonly ReactNode[];
}

/** A list in a card, or why it is not there: it failed, it is loading, it is empty. */
export function ListStates({ list, what, empty, children }: ListStatesProps) {
  if (list.error !== null) {
    return (
      <ErrorNotice
        error={list.error}
        title={`The ${what} could not be loaded`}
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (list.isPending) return <Skeleton className="h-40 w-full" />;
  return <Card>{children.length === 0 ? empty : <ul className="divide-y divide-line">{children}</ul>}</Card>;
}
