import { nextPhase } from '@domainflow/domain/campaign/lifecycle.ts';
import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { StackedBar } from '@domainflow/ui/blocks/stacked-bar.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { TONE_FILL } from '@domainflow/ui/primitives/tone.ts';
import clsx from 'clsx';
import { useState } from 'react';
import type { CampaignView, PhaseView } from '../../lib/contract.ts';
import { formatCount, formatDuration, formatInstant, formatShare } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { PhaseStatusBadge } from '../campaigns/campaign-looks.tsx';
import { PhaseSpeed } from '../phases/phase-speed.tsx';
import { PhaseActions } from './phase-actions.tsx';
import { PhaseCardMetrics } from './phase-card-metrics.tsx';
import { verdictParts } from './verdict-parts.ts';

/** Verdicts named under the bar; the others are summed up until they are asked for. */
const LEGEND_LENGTH = 4;

interface PhaseCardProps {
  campaign: CampaignView;
  phase: PhaseView;
  position: number;
}

function Legend({ parts, total }: { parts: ReturnType<typeof verdictParts>; total: number }) {
  const bySize = parts.toSorted(
    (one, other) => Number(other.tone === 'ok') - Number(one.tone === 'ok') || other.value - one.value,
  );
  const [isWhole, setWhole] = useState(false);
  const isLong = bySize.length > LEGEND_LENGTH + 1;
  const shown = isLong && !isWhole ? bySize.slice(0, LEGEND_LENGTH) : bySize;
  const rest = bySize.slice(shown.length).reduce((sum, part) => sum + part.value, 0);
  return (
    <ul className="space-y-0.5 text-xs" aria-label="Verdicts">
      {shown.map((part) => (
        <li key={part.key} className="flex items-center gap-1.5">
          <span aria-hidden className={clsx('size-2 shrink-0 rounded-full', TONE_FILL[part.tone])} />
          <span className="min-w-0 flex-1 truncate text-ink-soft">{part.label}</span>
          <span>{formatCount(part.value)}</span>
          <span className="w-11 text-right text-ink-faint">{formatShare(part.value, total)}</span>
        </li>
      ))}
      {isLong ? (
        <li className="flex items-center gap-1.5 text-ink-faint">
          <span className="size-2" />
          <span className="flex-1">
            <button
              type="button"
              aria-expanded={isWhole}
              className="underline decoration-line-strong underline-offset-2 hover:text-ink"
              onClick={() => setWhole(!isWhole)}
            >
              {isWhole ? 'Show fewer' : `${parts.length - shown.length} more`}
            </button>
          </span>
          {isWhole ? null : (
            <>
              <span>{formatCount(rest)}</span>
              <span className="w-11 text-right">{formatShare(rest, total)}</span>
            </>
          )}
        </li>
      ) : null}
    </ul>
  );
}

function Times({ phase }: { phase: PhaseView }) {
  const now = useNow(phase.status === 'running' ? 1_000 : null);
  if (phase.startedAt === null) return null;
  const endMs = phase.completedAt === null ? now : Date.parse(phase.completedAt);
  const tookMs = endMs - Date.parse(phase.startedAt);
  return (
    <span
      title={`Started ${formatInstant(phase.startedAt)}${phase.completedAt === null ? '' : `, finished ${formatInstant(phase.completedAt)}`}`}
    >
      {phase.completedAt === null ? `for ${formatDuration(tookMs)}` : `took ${formatDuration(tookMs)}`}
      {phase.run > 1 ? ` · run ${phase.run}` : ''}
    </span>
  );
}

/** One phase: where it stands, what it found, and in step-by-step mode what to do next. */
export function PhaseCard({ campaign, phase, position }: PhaseCardProps) {
  const parts = verdictParts(phase.phase, phase.counts);
  const isNext =
    nextPhase({
      phases: campaign.phases.map((each) => ({ name: each.phase, status: each.status, run: each.run })),
    })?.name === phase.phase;
  const hasStarted = phase.startedAt !== null;
  return (
    <Card
      aria-label={`Phase ${position}: ${phase.label}`}
      data-phase={phase.phase}
      data-phase-status={phase.status}
      className={clsx(
        'flex h-full min-h-44 flex-col gap-3 p-3.5',
        phase.status === 'running' && 'ring-accent/60',
      )}
    >
      <div className="flex items-start justify-between gap-1.5">
        <h2 className="text-sm font-semibold tracking-tight">{phase.label}</h2>
        <PhaseStatusBadge status={phase.status} />
      </div>
      {hasStarted ? (
        <>
          <div>
            <div className="mb-1.5 flex items-baseline justify-between gap-2">
              <p>
                <span
                  data-testid={`${phase.phase}-processed`}
                  className="text-lg font-semibold tracking-tight"
                >
                  {formatCount(phase.processed)}
                </span>
                <span className="text-xs text-ink-faint"> of {formatCount(phase.total)}</span>
              </p>
              <span className="text-xs text-ink-faint">
                {phase.total === 0 && phase.status === 'completed'
                  ? 'nothing to do'
                  : formatShare(phase.processed, phase.total)}
              </span>
            </div>
            <StackedBar
              label={`Verdicts of ${phase.label}`}
              parts={parts}
              total={Math.max(phase.total, phase.processed)}
              formatValue={formatCount}
            />
          </div>
          <Legend parts={parts} total={phase.processed} />
          <PhaseCardMetrics phase={phase} />
          <p className="mt-auto flex flex-wrap justify-between gap-x-3 text-xs text-ink-faint">
            <Times phase={phase} />
            {phase.status === 'running' ? (
              <PhaseSpeed campaignId={campaign.campaignId} phase={phase} />
            ) : null}
          </p>
        </>
      ) : (
        <p className="text-sm text-ink-faint">
          {phase.status === 'cancelled'
            ? 'Cancelled before it began.'
            : isNext
              ? 'Next to run.'
              : 'Waits for the phases before it.'}
        </p>
      )}
      {phase.waitingUntil === null ? null : (
        <Notice tone="accent">
          Quiet hours: it waits until {formatInstant(phase.waitingUntil)}, and goes on by itself.
        </Notice>
      )}
      {phase.errorDetails === null ? null : <Notice tone="bad">{phase.errorDetails.message}</Notice>}
      <PhaseActions campaign={campaign} phase={phase} isNext={isNext} />
    </Card>
  );
}
