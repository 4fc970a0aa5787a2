import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import type { Outputs } from '../../lib/contract.ts';
import { countOf, formatCount } from '../../lib/format.ts';

type ImportView = Outputs['technologies']['listImports']['items'][number];

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function Reasons({ title, counts }: { title: string; counts: Readonly<Record<string, number>> }) {
  if (sumOf(counts) === 0) return null;
  return (
    <div>
      <h4 className="text-xs font-medium text-ink-faint">
        {title}: {formatCount(sumOf(counts))}
      </h4>
      <ul className="mt-0.5 text-sm">
        {Object.entries(counts)
          .toSorted(([, one], [, other]) => other - one)
          .map(([reason, count]) => (
            <li key={reason} className="flex gap-2">
              <span className="min-w-4 shrink-0 text-right">{formatCount(count)}</span>
              <span className="min-w-0 break-words text-ink-soft">{reason}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}

const countsOf = (value: unknown): Readonly<Record<string, number>> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([, count]) => typeof count === 'number'))
    : {};

/** What was refused of a set of which nothing could be used, as the error tells it. */
export function RefusedParts({ details }: { details: unknown }) {
  if (typeof details !== 'object' || details === null) return null;
  const { refused, patterns } = details as Readonly<Record<string, unknown>>;
  return (
    <div className="space-y-2">
      <Reasons title="Technologies refused" counts={countsOf(refused)} />
      <Reasons title="Patterns refused" counts={countsOf(patterns)} />
    </div>
  );
}

/** What became of an import. */
export function ImportResult({ result }: { result: ImportView }) {
  const { imported, patterns, refused } = result;
  const lost = sumOf(refused.technologies);
  return (
    <div className="space-y-3">
      <Notice tone={lost === 0 ? 'ok' : 'accent'}>
        {countOf(imported, 'technology was', 'technologies were')} taken, with {countOf(patterns, 'pattern')}.
        {lost === 0 ? '' : ` ${formatCount(lost)} could not be used.`}
      </Notice>
      <Reasons title="Technologies refused" counts={refused.technologies} />
      <Reasons title="Patterns refused" counts={refused.patterns} />
      {refused.examples.length === 0 ? null : (
        <details>
          <summary className="text-xs text-ink-faint">The first of them</summary>
          <ul className="mt-1 max-h-60 space-y-0.5 overflow-y-auto text-xs">
            {refused.examples.map((example) => (
              <li key={`${example.technology} ${example.where} ${example.reason}`} className="break-words">
                <span className="font-medium">{example.technology}</span>
                <span className="text-ink-faint"> {example.where}</span>
                <span className="text-ink-soft"> – {example.reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
