import { formatDuration, formatRate } from '../../lib/format.ts';
import { type PhaseRate, rateOf, samplesFor } from '../../lib/phase-rates.ts';
import { useNow } from '../../lib/use-now.ts';

interface PhaseSpeedProps {
  campaignId: string;
  phase: { readonly phase: string; readonly total: number; readonly processed: number };
}

/** Speed and remaining time of a running phase, from the events of the last seconds. */
export function usePhaseRate(
  campaignId: string,
  { phase, total, processed }: PhaseSpeedProps['phase'],
): PhaseRate {
  const now = useNow(1_000);
  return rateOf(samplesFor(campaignId, phase), Math.max(0, total - processed), now);
}

export function PhaseSpeed({ campaignId, phase }: PhaseSpeedProps) {
  const { perSecond, etaMs } = usePhaseRate(campaignId, phase);
  return (
    <span>
      {perSecond === null ? 'measuring…' : formatRate(perSecond)}
      {etaMs === null ? '' : ` · ${formatDuration(etaMs)} left`}
    </span>
  );
}
