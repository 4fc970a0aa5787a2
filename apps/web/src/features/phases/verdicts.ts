import { DNS_VERDICTS } from '@domainflow/domain/dns/verdicts.ts';
import { ANALYSIS_VERDICTS } from '@domainflow/domain/phases/analysis/verdicts.ts';
import { HTTP_VERDICTS } from '@domainflow/domain/phases/http/verdicts.ts';
import type { PhaseName, VerdictInfo } from '@domainflow/domain/phases/phase.ts';
import type { Tone } from '@domainflow/ui/primitives/tone.ts';

type VerdictTable = Readonly<Record<string, VerdictInfo>>;

/**
 * Verdicts that pages filter by and colour. The tables are imported, not the registry: a phase brings its engine with
 * it, which browsers do not need.
 */
const TABLES: Readonly<Partial<Record<PhaseName, VerdictTable>>> = {
  dns: DNS_VERDICTS,
  http: HTTP_VERDICTS,
  analysis: ANALYSIS_VERDICTS,
};

/** The verdicts that a phase gives, in the order in which it declares them. */
export const verdictsOf = (phase: PhaseName): readonly (readonly [verdict: string, info: VerdictInfo])[] =>
  Object.entries(TABLES[phase] ?? {});

/** Domains that a retry of each kind works on again, of what the phases have counted. */
export function retryCounts(
  phases: readonly { readonly phase: PhaseName; readonly counts: Readonly<Record<string, number>> }[],
): Readonly<Record<'failed' | 'ambiguous' | 'both', number>> {
  const sums = { failed: 0, ambiguous: 0 };
  for (const { phase, counts } of phases) {
    for (const [verdict, { retry }] of verdictsOf(phase))
      if (retry !== 'no') sums[retry] += counts[verdict] ?? 0;
  }
  return { ...sums, both: sums.failed + sums.ambiguous };
}

/** `OK` and `SSL_EXPIRED` as a person reads them. */
export function verdictLabel(phase: PhaseName, verdict: string): string {
  const known = TABLES[phase]?.[verdict]?.label;
  if (known !== undefined) return known;
  const words = verdict.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Good, final and negative, failed, or unknown: what a verdict is coloured by. */
export function verdictTone(phase: PhaseName, verdict: string): Tone {
  if (verdict === 'OK' || verdict === 'GENERATED') return 'ok';
  const info = TABLES[phase]?.[verdict];
  if (info === undefined || info.status === 'ok') return 'neutral';
  if (info.status === 'timeout' || info.retry === 'ambiguous') return 'warn';
  return info.retry === 'failed' ? 'bad' : 'neutral';
}
