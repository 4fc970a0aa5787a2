import { SKIP_REASON_LABELS } from '@domainflow/domain/generation/skip-reasons.ts';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import clsx from 'clsx';
import type { Outputs } from '../../lib/contract.ts';
import { formatBigCount, magnitudeOf } from '../../lib/format.ts';
import { DomainName } from '../domains/domain-name.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import type { PatternPreviewState } from './use-pattern-preview.ts';

export type SampledOffset = Outputs['campaigns']['previewPattern']['sampledOffsets'][number];

/** Offsets with their names; those that give none with the reason. */
export function SampledOffsets({ offsets }: { offsets: readonly SampledOffset[] }) {
  return offsets.map(({ offset, name, skipped }) => (
    <li key={offset} className="flex items-baseline gap-3">
      {skipped === null ? (
        <span className="min-w-0 flex-1 truncate" title={name ?? undefined}>
          {name === null ? null : <DomainName name={name} />}
        </span>
      ) : (
        <span className="min-w-0 flex-1 font-sans text-warn-ink">
          Skipped: {SKIP_REASON_LABELS[skipped].replace(/^[A-Z]/, (letter) => letter.toLowerCase())}
        </span>
      )}
      <span
        className="max-w-28 shrink-0 truncate text-ink-faint"
        title={`At offset ${formatBigCount(offset)}`}
      >
        <span className="sr-only">at offset </span>
        {formatBigCount(offset)}
      </span>
    </li>
  ));
}

/** The size of the space, to the last offset, and names from across what is left of it. */
export function PatternPreview({ preview }: { preview: PatternPreviewState }) {
  const { data, isStale, isIncomplete, otherError } = preview;
  return (
    <section
      aria-label="Preview"
      aria-live="polite"
      aria-busy={isStale}
      className="rounded-lg bg-sunken p-4 ring-1 ring-line ring-inset lg:sticky lg:top-4"
    >
      <h2 className="text-xs font-medium text-ink-faint">Size of the space</h2>
      {data === undefined ? (
        <p className="text-xl font-semibold text-ink-faint">–</p>
      ) : (
        <p data-testid="space-size" className="text-xl font-semibold tracking-tight break-all">
          {formatBigCount(data.size)}
        </p>
      )}
      <p className="min-h-5 text-xs text-ink-faint">{data === undefined ? null : magnitudeOf(data.size)}</p>
      <h2 className="mt-3 mb-1 text-xs font-medium text-ink-faint">
        {data === undefined || data.available === data.size
          ? 'Names from across it'
          : 'Names from what is left'}
      </h2>
      {otherError === null ? null : <ErrorNotice error={otherError} />}
      {isIncomplete ? (
        <p className="text-sm text-ink-soft">Shown as soon as the pattern is complete.</p>
      ) : data === undefined && otherError === null ? (
        <Skeleton className="h-40 w-full" />
      ) : null}
      {data !== undefined && data.sampledOffsets.length === 0 ? (
        <p className="text-sm text-ink-soft">Nothing is left.</p>
      ) : null}
      <ul
        data-testid="sample-names"
        className={clsx('space-y-px font-mono text-xs transition-opacity', isStale && 'opacity-50')}
      >
        <SampledOffsets offsets={data?.sampledOffsets ?? []} />
      </ul>
    </section>
  );
}
