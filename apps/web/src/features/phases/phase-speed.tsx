import { useEffect } from 'react';
import { formatDuration, formatRate } from '../../lib/format.ts';
import { type PhaseRate, rateOf, recordProcessed, samplesFor } from '../../lib/phase-rates.ts';
import { useNow } from '../../lib/use-now.ts';

interface PhaseSpeedProps {
  campaignId: string;
  phase: { readonly phase: string; readonly total: number; readonly processed: number };
}

/**
 * Speed and remaining time of a running phase, from its counter as the page has it each second: live events and polling
 * give the same, and a phase that stands still shows it.
 */
function usePhaseRate(campaignId: string, { phase, total, processed }: PhaseSpeedProps['phase']): PhaseRate {
  const now = useNow(1_000);
  useEffect(() => recordProcessed(campaignId, phase, processed, now), [campaignId, phase, processed, now]);
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
