import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';

/** A page that is on its way. */
export function PageSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="p-4 sm:p-6">
      <Skeleton className="mb-6 h-7 w-48" />
      <div className="space-y-3">
        <Skeleton className="h-24 w-full" />
        <Skeleton className="h-64 w-full" />
      </div>
    </div>
  );
}
