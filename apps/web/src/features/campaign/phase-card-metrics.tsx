import type { PhaseView } from '../../lib/contract.ts';
import { metricLines } from './phase-metrics.ts';

/** What a phase measured of itself: how right its resolvers are, and what was asked besides. */
export function PhaseCardMetrics({ phase }: { phase: PhaseView }) {
  const lines = metricLines(phase.phase, phase.metrics);
  const [first, ...rest] = lines.toSorted((one, other) => Number(other.isWarning) - Number(one.isWarning));
  if (first === undefined) return null;
  return (
    <details className="text-xs">
      <summary className={first.isWarning ? 'text-warn-ink' : 'text-ink-soft'}>
        {first.short ?? first.term}
        {rest.length === 0 ? '' : ` · ${rest.length} more`}
      </summary>
      <dl className="mt-1 space-y-1">
        {[first, ...rest].map(({ term, sentence, isWarning }) => (
          <div key={term}>
            <dt className={isWarning ? 'font-medium text-warn-ink' : 'font-medium'}>{term}</dt>
            <dd className="break-words text-ink-soft">{sentence}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
