import type { Tone } from '@domainflow/ui/primitives/tone.ts';
import type { Outputs } from '../../lib/contract.ts';
import { formatCount, formatShare } from '../../lib/format.ts';

export type ResolverHealth = Outputs['resolvers']['health']['items'][number];
export type ResolverState = ResolverHealth['state'];

export const STATE_LABELS: Readonly<Record<ResolverState, string>> = {
  healthy: 'Healthy',
  probing: 'Being tried',
  ejected: 'Put aside',
  lying: 'Lying',
};

export const STATE_TONES: Readonly<Record<ResolverState, Tone>> = {
  healthy: 'ok',
  probing: 'accent',
  ejected: 'warn',
  lying: 'bad',
};

/** What the state means, and what is done about it. */
export const STATE_HINTS: Readonly<Record<ResolverState, string>> = {
  healthy: 'It answers, and takes its share of the questions.',
  probing: 'It was put aside, and a few questions try whether it has come back.',
  ejected: 'Too much went wrong: it is left out for a while, then tried again.',
  lying: 'It gave addresses to names that cannot exist: what it finds is asked again elsewhere.',
};

/** Share of queries that brought an answer of use; `–` before any ended. */
export const successOf = ({ errorRate }: Pick<ResolverHealth, 'errorRate'>): string =>
  errorRate === null ? '–' : formatShare(1 - errorRate, 1);

/** How often a resolver was wrong with names whose answer is known. */
export function canarySentence(canaries: ResolverHealth['canaries']): string {
  if (canaries === null || canaries.positiveAsked + canaries.absentAsked === 0)
    return 'Not measured in the last hour.';
  const { positiveAsked, falseNegatives, absentAsked, falsePositives } = canaries;
  const parts = [
    positiveAsked === 0
      ? null
      : `denied ${formatCount(falseNegatives)} of ${formatCount(positiveAsked)} names that exist (${formatShare(falseNegatives, positiveAsked)})`,
    absentAsked === 0
      ? null
      : `found ${formatCount(falsePositives)} of ${formatCount(absentAsked)} names that cannot exist (${formatShare(falsePositives, absentAsked)})`,
  ].filter((part) => part !== null);
  return `It ${parts.join(', and ')}.`;
}
