import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import type { Tone } from '@domainflow/ui/primitives/tone.ts';
import { Check, Clock3, type LucideIcon, Minus, TriangleAlert, X } from 'lucide-react';
import type { DomainRow } from '../../lib/contract.ts';
import { verdictLabel, verdictTone } from '../phases/verdicts.ts';

const ICONS: Readonly<Record<Tone, LucideIcon>> = {
  ok: Check,
  warn: TriangleAlert,
  bad: X,
  neutral: Minus,
  accent: Check,
};

/** A verdict with its colour, icon and words. */
export function VerdictBadge({ phase, verdict }: { phase: PhaseName; verdict: string }) {
  const tone = verdictTone(phase, verdict);
  const Icon = ICONS[tone];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden className="size-3 shrink-0" />}>
      {verdictLabel(phase, verdict)}
    </Badge>
  );
}

interface PhaseResultProps {
  phase: 'dns' | 'http';
  status: DomainRow['dnsStatus'];
  reason: string | null;
}

/** What a phase says of a domain in a row: a verdict, or that it is still to come. */
export function PhaseResult({ phase, status, reason }: PhaseResultProps) {
  if (status === null) return <span className="text-ink-faint">–</span>;
  if (status === 'pending') {
    return (
      <span className="inline-flex items-center gap-1 text-xs text-ink-faint">
        <Clock3 aria-hidden className="size-3" />
        pending
      </span>
    );
  }
  return <VerdictBadge phase={phase} verdict={status === 'ok' ? 'OK' : (reason ?? status.toUpperCase())} />;
}
