import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import clsx from 'clsx';
import { approximateBigCount, formatBigCount } from '../../lib/format.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import type { PatternPreviewState } from './use-pattern-preview.ts';

/** The size of the space, to the last name, and names from across it. */
export function PatternPreview({ preview }: { preview: PatternPreviewState }) {
  const { data, isStale, otherError } = preview;
  const approximate = data === undefined ? null : approximateBigCount(data.size);
  return (
    <section
      aria-label="Preview"
      aria-live="polite"
      aria-busy={isStale}
      className="rounded-lg bg-sunken p-4 ring-1 ring-line ring-inset lg:self-start"
    >
      <h2 className="text-xs font-medium text-ink-faint">Size of the space</h2>
      {data === undefined ? (
        <p className="text-xl font-semibold text-ink-faint">–</p>
      ) : (
        <p data-testid="space-size" className="text-xl font-semibold tracking-tight break-all">
          {formatBigCount(data.size)}
        </p>
      )}
      <p className="h-5 text-xs text-ink-faint">{approximate}</p>
      <h2 className="mt-3 mb-1 text-xs font-medium text-ink-faint">Names from across it</h2>
      {otherError === null ? null : <ErrorNotice error={otherError} />}
      {data === undefined && otherError === null ? <Skeleton className="h-40 w-full" /> : null}
      <ul
        data-testid="sample-names"
        className={clsx('space-y-px font-mono text-xs transition-opacity', isStale && 'opacity-50')}
      >
        {data?.sample.map((name) => (
          <li key={name} className="truncate">
            {name}
          </li>
        ))}
      </ul>
    </section>
  );
}
