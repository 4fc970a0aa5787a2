import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import type { CampaignView, Outputs } from '../../lib/contract.ts';
import { countOf, formatCount, formatInstant } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { LoadedList } from '../shell/loaded.tsx';
import { formatGap, type TrafficReport, withEmptyBuckets } from './gap-buckets.ts';
import { trafficRows } from './traffic-rows.ts';

const GapChart = lazy(() => import('./gap-chart.tsx'));

const INTERVAL_MS = 3_000;

type ShapedPhase = Outputs['campaigns']['traffic']['phases'][number];

/** How the campaign's traffic looked to those who saw it, next to what was configured. */
export function TrafficTab({ campaign }: { campaign: CampaignView }) {
  const isRunning = campaign.phases.some((phase) => phase.status === 'running');
  const traffic = useQuery(
    trpc.campaigns.traffic.queryOptions(
      { id: campaign.campaignId },
      { refetchInterval: isRunning ? INTERVAL_MS : false, staleTime: INTERVAL_MS },
    ),
  );
  const phases = traffic.data?.phases ?? [];
  return (
    <LoadedList
      query={traffic}
      what="traffic report"
      isEmpty={phases.length === 0}
      empty={
        <EmptyState icon={<Activity aria-hidden className="size-5" />} title="Nothing has been sent yet">
          Once DNS or HTTP validation runs with traffic shaping, this shows what an observer would have seen
          of it.
        </EmptyState>
      }
    >
      <div className="space-y-4">
        {phases.map((phase) => (
          <PhaseTraffic key={phase.phase} phase={phase} />
        ))}
      </div>
    </LoadedList>
  );
}

function PhaseTraffic({ phase }: { phase: ShapedPhase }) {
  const { report } = phase;
  return (
    <Card aria-label={`Traffic of ${phase.label}`} className="space-y-4 p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-sm font-semibold">{phase.label}</h2>
        <p className="text-xs text-ink-faint">
          {report === null ? '' : `${formatCount(report.starts)} sent`}
          {phase.run > 1 ? ` · run ${phase.run}` : ''}
        </p>
      </div>
      {report === null ? (
        <p className="text-sm text-ink-soft">
          Traffic of this run is not shaped, and so not measured. Shaping is chosen in the settings of the
          phase, before it starts, or in its persona.
        </p>
      ) : (
        <Report report={report} label={phase.label} />
      )}
    </Card>
  );
}

function Report({ report, label }: { report: TrafficReport; label: string }) {
  const { waitingUntil } = report.quietHours;
  return (
    <>
      {waitingUntil === null ? null : (
        <Notice tone="accent" title={`Quiet hours: it waits until ${formatInstant(waitingUntil)}`}>
          Nothing is sent now; the phase goes on by itself.
        </Notice>
      )}
      <Gaps report={report} label={label} />
      <ul className="divide-y divide-line">
        {trafficRows(report).map((row) => (
          <li
            key={row.key}
            className="grid gap-x-4 gap-y-1 py-2.5 text-sm sm:grid-cols-[12rem_minmax(0,1fr)]"
          >
            <h3 className="font-medium">{row.what}</h3>
            <div className="min-w-0">
              <dl className="flex flex-wrap gap-x-6 gap-y-0.5 text-xs">
                <div className="flex gap-1.5">
                  <dt className="text-ink-faint">Configured</dt>
                  <dd>{row.configured}</dd>
                </div>
                <div className="flex gap-1.5">
                  <dt className="text-ink-faint">Measured</dt>
                  <dd className="font-medium">{row.measured}</dd>
                </div>
              </dl>
              <p className="mt-0.5 text-ink-soft">{row.sentence}</p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Times between starts as bars, and as a table for readers. */
function Gaps({ report, label }: { report: TrafficReport; label: string }) {
  const { buckets, pauses } = report.interArrival;
  const filled = useMemo(() => withEmptyBuckets(buckets), [buckets]);
  if (filled.length === 0) return null;
  return (
    <figure>
      <figcaption className="mb-1 text-xs text-ink-faint">
        How often two starts of a worker were so far apart, from each time to twice that
        {pauses === 0 ? '' : `; ${countOf(pauses, 'pause')} of a minute or more`}
      </figcaption>
      <Suspense fallback={<Skeleton className="h-[150px] w-full" />}>
        <GapChart buckets={filled} />
      </Suspense>
      <table className="sr-only">
        <caption>Times between starts of {label}</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Number</th>
          </tr>
        </thead>
        <tbody>
          {filled.map((bucket) => (
            <tr key={bucket.fromMs}>
              <td>{formatGap(bucket.fromMs)}</td>
              <td>{formatGap(bucket.toMs)}</td>
              <td>{formatCount(bucket.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
