import { Card } from '@domainflow/ui/primitives/card.tsx';
import type { ReactNode } from 'react';

interface RowListProps {
  label?: string;
  /** They belong to what was asked before. */
  isStale?: boolean;
  /** The rows, each an `<li>`. */
  children: ReactNode;
}

/** Rows below each other in a card. */
export function RowList({ label, isStale = false, children }: RowListProps) {
  return (
    <Card aria-busy={isStale}>
      <ul aria-label={label} className="divide-y divide-line">
        {children}
      </ul>
    </Card>
  );
}
