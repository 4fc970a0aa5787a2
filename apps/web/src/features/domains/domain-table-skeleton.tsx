import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';

const ROWS = 14;

/** The table of domains before its rows are there, as high as it will be. */
export function DomainTableSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading domains"
      className="h-[min(70dvh,44rem)] overflow-hidden rounded-lg bg-surface shadow-panel ring-1 ring-line"
    >
      {Array.from({ length: ROWS }, (_, index) => (
        <div key={`row-${index}`} className="flex h-9 items-center gap-10 border-b border-line/70 px-4">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-3 w-20 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
