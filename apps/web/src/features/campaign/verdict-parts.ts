import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import type { BarPart } from '@domainflow/ui/blocks/stacked-bar.tsx';
import type { Tone } from '@domainflow/ui/primitives/tone.ts';
import { verdictLabel, verdictTone } from '../phases/verdicts.ts';

const TONE_ORDER: readonly Tone[] = ['ok', 'accent', 'warn', 'bad', 'neutral'];

/** Counts by verdict as parts of a bar: good ones first, then by what they mean, larger ones first. */
export function verdictParts(phase: PhaseName, counts: Readonly<Record<string, number>>): BarPart[] {
  return Object.entries(counts)
    .filter(([, value]) => value > 0)
    .map(([verdict, value]) => ({
      key: verdict,
      label: verdictLabel(phase, verdict),
      value,
      tone: verdictTone(phase, verdict),
    }))
    .toSorted(
      (one, other) =>
        TONE_ORDER.indexOf(one.tone) - TONE_ORDER.indexOf(other.tone) ||
        other.value - one.value ||
        one.label.localeCompare(other.label),
    );
}
