import { Button } from '@domainflow/ui/primitives/button.tsx';

/** Clears the filters of a list, where any are set. */
export function ClearFilters({ count, onClear }: { count: number; onClear: () => void }) {
  if (count === 0) return null;
  return (
    <Button size="sm" look="ghost" onClick={onClear}>
      Clear {count === 1 ? 'filter' : `${count} filters`}
    </Button>
  );
}
