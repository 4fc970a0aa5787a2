import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import type { ReactNode } from 'react';
import { toAppError } from '../../lib/app-error.ts';
import { ErrorNotice } from './error-notice.tsx';

interface LoadedProps<Data> {
  query: {
    readonly data: Data | undefined;
    readonly error: unknown;
    readonly refetch: () => Promise<unknown>;
  };
  /** What is loaded: `campaigns`, `state of the resolvers`. */
  what: string;
  /** Stands for what is on its way. */
  skeleton?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** True where what was asked for by its id is not there, also where the id is none. */
const isAbsent = (error: unknown): boolean => {
  const { code, field } = toAppError(error);
  return code === 'NOT_FOUND' || (code === 'INVALID_INPUT' && field === 'id');
};

/** Said where a refresh failed of what is in sight. */
export const OUT_OF_DATE = 'What you see may be out of date';

/**
 * What a call gives, in its states: on its way, there, or failed. Where only a later call has failed, what the one before
 * gave stays in sight below the message.
 */
export function Loaded<Data>({
  query,
  what,
  skeleton = <Skeleton className="h-40 w-full" />,
  children,
}: LoadedProps<Data>) {
  const { data, error, refetch } = query;
  const isPending = data === undefined && error === null;
  return (
    <>
      {error === null ? null : data === undefined && isAbsent(error) ? (
        <Notice tone="warn" title={`There is no such ${what}`}>
          It may have been deleted, or it belongs to somebody else.
        </Notice>
      ) : (
        <ErrorNotice
          className="mb-3"
          error={error}
          title={data === undefined ? `The ${what} could not be loaded` : OUT_OF_DATE}
          onRetry={() => void refetch()}
        />
      )}
      {isPending ? skeleton : null}
      {data === undefined ? null : children(data)}
    </>
  );
}

interface LoadedListProps extends Omit<LoadedProps<unknown>, 'children'> {
  isEmpty: boolean;
  /** Stands in a card for a list without rows. */
  empty: ReactNode;
  children: ReactNode;
}

/** A list in the same states, and empty besides. */
export function LoadedList({ isEmpty, empty, children, ...states }: LoadedListProps) {
  return <Loaded {...states}>{() => (isEmpty ? <Card>{empty}</Card> : children)}</Loaded>;
}
