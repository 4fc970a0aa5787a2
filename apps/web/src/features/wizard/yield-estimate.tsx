import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { Radar } from 'lucide-react';
import { useState } from 'react';
import { countOf, formatCount, formatDuration } from '../../lib/format.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { formatYield } from './describe-forecast.ts';
import type { SampledYield, useForecast, YieldAnswer } from './use-forecast.ts';

const DEFAULT_SAMPLE = 100;
const MAX_SAMPLE = 500;

interface YieldEstimateProps {
  estimate: ReturnType<typeof useForecast>['estimate'];
  personaName: string;
}

/** Resolves a random sample where a person asks for it: it is the only part of a forecast that asks anybody. */
export function YieldEstimate({ estimate, personaName }: YieldEstimateProps) {
  const [count, setCount] = useState(DEFAULT_SAMPLE);
  const isFine = Number.isInteger(count) && count >= 1 && count <= MAX_SAMPLE;
  return (
    <div className="space-y-3 rounded-lg p-3 ring-1 ring-line ring-inset">
      <div className="flex flex-wrap items-start gap-3">
        <Field label="Names to try" className="w-32" error={isFine ? null : `From 1 to ${MAX_SAMPLE}`}>
          {(field) => (
            <Input
              {...field}
              type="number"
              inputMode="numeric"
              min={1}
              max={MAX_SAMPLE}
              value={Number.isNaN(count) ? '' : count}
              onChange={(event) => setCount(event.target.valueAsNumber)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                if (isFine && !estimate.isPending) estimate.mutate(count);
              }}
            />
          )}
        </Field>
        <Button
          className="mt-6"
          icon={<Radar aria-hidden className="size-4" />}
          disabled={!isFine}
          busy={estimate.isPending}
          onClick={() => estimate.mutate(count)}
        >
          Estimate yield
        </Button>
        <p className="min-w-56 flex-1 text-xs text-ink-faint sm:mt-6">
          Resolves so many random names now, with the resolvers of {personaName}: real queries, which are
          written to the audit log. Larger samples give a narrower answer.
        </p>
      </div>
      {estimate.error === null ? null : (
        <ErrorNotice error={estimate.error} title="The sample could not be resolved" />
      )}
      <div aria-live="polite">
        {estimate.data === undefined ? null : (
          <YieldResult answer={estimate.data} personaName={personaName} />
        )}
      </div>
    </div>
  );
}

function YieldResult({ answer, personaName }: { answer: YieldAnswer; personaName: string }) {
  const { sampledYield: sampled } = answer.forecast;
  if (sampled === null) return null;
  const cost = `It resolved ${countOf(sampled.sampled, 'name')} with ${personaName} in ${formatDuration(Math.max(1_000, answer.tookMs))}.`;
  if (sampled.yield === null || sampled.liveNames === null) {
    return (
      <Notice tone="warn" title="Nothing could be found out">
        No answer decided anything: {verdictText(sampled)}. Look at the resolvers of {personaName}. {cost}
      </Notice>
    );
  }
  const { share, low, high } = sampled.yield;
  const { expected } = sampled.liveNames;
  return (
    <div className="space-y-1 text-sm">
      <p>
        <span data-testid="yield" className="text-lg font-semibold tracking-tight">
          {formatYield(share)}
        </span>{' '}
        of the names exist (between {formatYield(low)} and {formatYield(high)}, 95% sure): some{' '}
        {formatCount(expected)} of this campaign, from {formatCount(sampled.liveNames.low)} to{' '}
        {formatCount(sampled.liveNames.high)}.
      </p>
      <p className="text-xs text-ink-faint">
        {cost} {formatCount(sampled.live)} exist
        {sampled.undecided === 0
          ? ''
          : `, ${formatCount(sampled.undecided)} stayed undecided and are left out`}
        {sampled.examples.length === 0 ? '.' : `: ${sampled.examples.join(', ')}`}
      </p>
    </div>
  );
}

const verdictText = (sampled: SampledYield): string =>
  Object.entries(sampled.byVerdict)
    .map(([verdict, count]) => `${formatCount(count)} × ${verdict}`)
    .join(', ');
