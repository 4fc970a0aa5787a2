import { SKIP_REASON_LABELS } from '@domainflow/domain/generation/skip-reasons.ts';
import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Stat } from '@domainflow/ui/blocks/stat.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import clsx from 'clsx';
import { toAppError } from '../../lib/app-error.ts';
import type { Inputs } from '../../lib/contract.ts';
import { countOf, formatBigCount, formatCount, formatRate } from '../../lib/format.ts';
import {
  formatHours,
  formatSpanOfBytes,
  formatSpanOfCounts,
  formatSpanOfHours,
} from './describe-forecast.ts';
import { SampledOffsets } from './pattern-preview.tsx';
import { STEP } from './steps.ts';
import { type Forecast, useForecast } from './use-forecast.ts';
import { YieldEstimate } from './yield-estimate.tsx';

/** Where a person goes to put right what a forecast was refused for. */
function stepOf(field: string | null): { readonly step: number; readonly label: string } | null {
  if (field?.startsWith('pattern') === true) return { step: STEP.names, label: 'Change the names' };
  if (field === 'dnsPersonaId' || field === 'httpPersonaId')
    return { step: STEP.phases, label: 'Choose a persona' };
  if (field?.startsWith('dnsShaping') === true || field?.startsWith('httpShaping') === true)
    return { step: STEP.phases, label: 'Change the shaping' };
  return null;
}

interface ForecastCardProps {
  input: Inputs['campaigns']['forecast'];
  /** Traffic of the phases is shaped: the forecast does not count in all of that. */
  isShaped: boolean;
  onGoTo: (step: number) => void;
}

/** What the campaign would come to, before it is made. */
export function ForecastCard({ input, isShaped, onGoTo }: ForecastCardProps) {
  const { forecast, estimate } = useForecast(input);
  const data = estimate.data?.forecast ?? forecast.data;
  return (
    <section
      aria-labelledby="forecast"
      aria-busy={forecast.isFetching}
      className="space-y-4 border-t border-line pt-4"
    >
      <h2 id="forecast" className="text-sm font-semibold">
        Forecast
      </h2>
      {forecast.error === null ? null : <ForecastProblem error={forecast.error} onGoTo={onGoTo} />}
      {forecast.isPending ? <Skeleton className="h-32 w-full" /> : null}
      {data === undefined || forecast.error !== null ? null : (
        <>
          <Figures forecast={data} isShaped={isShaped} />
          {data.dns === null ? null : (
            <YieldEstimate estimate={estimate} personaName={data.dns.personaName} />
          )}
          <Sample forecast={data} />
        </>
      )}
    </section>
  );
}

function ForecastProblem({ error, onGoTo }: { error: unknown; onGoTo: (step: number) => void }) {
  const { message, field } = toAppError(error);
  const target = stepOf(field);
  return (
    <Notice
      tone="bad"
      title="There is no forecast for this"
      action={
        target === null ? null : (
          <Button size="sm" onClick={() => onGoTo(target.step)}>
            {target.label}
          </Button>
        )
      }
    >
      {message}
    </Notice>
  );
}

function Figures({ forecast, isShaped }: { forecast: Forecast; isShaped: boolean }) {
  const { names, namesAreExact, offsets, dns, http, diskBytes, workers } = forecast;
  const skipped = Object.entries(forecast.skipped);
  const about = namesAreExact ? '' : '≈ ';
  const speed = dns === null ? null : `at ${formatRate(dns.queriesPerSecond)}, ${LIMITS[dns.limitedBy]}`;
  const hasYield = diskBytes.expected !== null;
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-4 sm:grid-cols-3">
        <Stat
          label="Names"
          value={`${about}${formatCount(names)}`}
          hint={
            names === offsets
              ? `from offset ${formatBigCount(forecast.startOffset)}`
              : `of ${formatCount(offsets)} offsets from ${formatBigCount(forecast.startOffset)}`
          }
        />
        <Stat label="Generation" value={formatHours(forecast.generationHours)} />
        {dns === null ? null : (
          <>
            <Stat
              label="DNS queries"
              value={formatSpanOfCounts(dns.queries)}
              hint={`${dns.personaName} persona`}
            />
            <Stat label="DNS takes" value={formatSpanOfHours(dns.hours)} hint={speed} />
          </>
        )}
        {http === null ? null : (
          <Stat
            label="HTTP takes"
            value={formatSpanOfHours(http.hours)}
            hint={`${formatSpanOfCounts(http.visits)} visits, ${formatRate(http.visitsPerSecond)}`}
          />
        )}
        <Stat
          label="Disk"
          value={formatSpanOfBytes(diskBytes)}
          hint={workers === 0 ? 'no worker is there now' : countOf(workers, 'worker')}
        />
      </dl>
      <p className="text-xs text-ink-faint">
        {hasYield
          ? 'By the sampled yield; first attempts, without retries.'
          : 'From no name existing to all of them; first attempts, without retries.'}
        {isShaped ? ' Quiet hours and caps of single targets are not counted in: they make it longer.' : ''}
      </p>
      {names > 0 ? null : (
        <Notice tone="warn" title="This campaign would have no names">
          None of its offsets gives one, for the reasons below. Start at a later offset, or take more of them.
        </Notice>
      )}
      {skipped.length === 0 ? null : (
        <ul aria-label="Offsets that give no name" className="text-xs text-ink-soft">
          {skipped.map(([reason, count]) => (
            <li key={reason}>
              {about}
              {formatCount(count)} skipped: {labelOf(reason)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const LIMITS = {
  persona: 'as the persona allows',
  shaping: 'as traffic shaping allows',
  engine: 'as the engine can',
} as const;

const LABELS: Readonly<Record<string, string>> = SKIP_REASON_LABELS;
const labelOf = (reason: string): string => LABELS[reason] ?? reason;

function Sample({ forecast }: { forecast: Forecast }) {
  const isLong = forecast.sample.length > 10;
  return (
    <details>
      <summary className="text-sm font-medium">Names from across what it takes</summary>
      <ul
        className={clsx(
          'mt-2 space-y-px rounded-lg bg-sunken p-3 font-mono text-xs ring-1 ring-line ring-inset',
          isLong && 'sm:columns-2 sm:gap-8',
        )}
      >
        <SampledOffsets offsets={forecast.sample} />
      </ul>
    </details>
  );
}
