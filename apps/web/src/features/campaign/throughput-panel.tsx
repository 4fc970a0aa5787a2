import { Card } from '@domainflow/ui/primitives/card.tsx';
import { lazy, Suspense } from 'react';
import type { CampaignView } from '../../lib/contract.ts';
import { samplesFor, speedSeries } from '../../lib/phase-rates.ts';
import { useNow } from '../../lib/use-now.ts';
import { isRunning } from '../campaigns/campaign-looks.tsx';

const SpeedChart = lazy(() => import('./speed-chart.tsx'));

/** A line needs a few points to mean something. */
const FEWEST_POINTS = 3;

/** The speed of the running phase over the last minutes; absent while nothing runs. */
export function ThroughputPanel({ campaign }: { campaign: CampaignView }) {
  // Between two phases the panel stays, so that the page does not jump.
  const isShown = isRunning(campaign.status);
  const running =
    campaign.phases.find((phase) => phase.status === 'running') ??
    campaign.phases.findLast((phase) => phase.startedAt !== null);
  useNow(isShown ? 1_000 : null);
  if (!isShown || running === undefined) return null;
  const series = speedSeries(samplesFor(campaign.campaignId, running.phase));
  return (
    <Card aria-label="Speed" className="px-4 py-3">
      <h2 className="text-xs font-medium text-ink-faint">
        {running.label}: domains per second since this page was opened
      </h2>
      <div className="h-28">
        {series[0].length < FEWEST_POINTS ? (
          <p className="flex h-full items-center justify-center text-xs text-ink-faint">Measuring…</p>
        ) : (
          <Suspense fallback={null}>
            <SpeedChart series={series} />
          </Suspense>
        )}
      </div>
    </Card>
  );
}
