import { Fragment, type ReactNode } from 'react';

interface DefinitionListProps {
  items: readonly (readonly [term: string, value: ReactNode])[];
}

export function DefinitionList({ items }: DefinitionListProps) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
      {items.map(([term, value]) => (
        <Fragment key={term}>
          <dt className="text-ink-faint">{term}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
