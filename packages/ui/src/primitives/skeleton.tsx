import clsx from 'clsx';

/** Holds the place of what is loading; give it the size of what will come. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx('animate-breathe rounded-md bg-line', className)} />;
}
