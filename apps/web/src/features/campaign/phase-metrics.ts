import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { countOf, formatCount, formatShare } from '../../lib/format.ts';

type Metrics = Readonly<Record<string, number>>;

export interface MetricLine {
  readonly term: string;
  readonly sentence: string;
  /** The same in a few words, where the card shows it at once. */
  readonly short?: string;
  /** Something that a person should know before believing the results. */
  readonly isWarning: boolean;
}

interface Canaries {
  positiveAsked: number;
  falseNegative: number;
  absentAsked: number;
  falsePositive: number;
  undecided: number;
}

/** The figures of canaries over all resolvers. Their names hold dots, so that the last part says what is counted. */
function canariesOf(metrics: Metrics): Canaries {
  const sums: Canaries = {
    positiveAsked: 0,
    falseNegative: 0,
    absentAsked: 0,
    falsePositive: 0,
    undecided: 0,
  };
  for (const [key, count] of Object.entries(metrics)) {
    const what = /^canary\..+\.([a-zA-Z]+)$/.exec(key)?.[1];
    if (what === 'positiveAsked' || what === 'absentAsked') sums[what] += count;
    else if (what === 'falseNegative' || what === 'falsePositive') sums[what] += count;
    else if (what === 'positiveUndecided' || what === 'absentUndecided') sums.undecided += count;
  }
  return sums;
}

/** The resolvers that answered wrongly, worst first, each with how often. */
function wrongBy(metrics: Metrics): string {
  const counts = new Map<string, number>();
  for (const [key, count] of Object.entries(metrics)) {
    const resolver = /^canary\.(.+)\.false(?:Negative|Positive)$/.exec(key)?.[1];
    if (resolver !== undefined) counts.set(resolver, (counts.get(resolver) ?? 0) + count);
  }
  const worst = [...counts].toSorted(([, one], [, other]) => other - one);
  return worst.map(([resolver, count]) => `${resolver} (${formatCount(count)})`).join(', ');
}

function canaryLine(metrics: Metrics): MetricLine | null {
  const { positiveAsked, falseNegative, absentAsked, falsePositive, undecided } = canariesOf(metrics);
  const asked = positiveAsked + absentAsked;
  if (asked === 0) return null;
  const wrong = falseNegative + falsePositive;
  const sentence =
    wrong === 0
      ? `${countOf(asked, 'name')} with known answers asked, none answered wrongly.`
      : `${countOf(asked, 'name')} with known answers asked, ${formatCount(wrong)} answered wrongly (${formatShare(wrong, asked)}): ${formatCount(falseNegative)} of ${formatCount(positiveAsked)} that exist denied, ${formatCount(falsePositive)} of ${formatCount(absentAsked)} that cannot exist found. The wrong answers came from ${wrongBy(metrics)}.`;
  const open = undecided === 0 ? '' : ` ${countOf(undecided, 'was', 'were')} not answered.`;
  return {
    term: 'Accuracy',
    sentence: `${sentence}${open}`,
    short: `Accuracy: ${formatCount(wrong)} of ${formatCount(asked)} test answers wrong`,
    isWarning: wrong > 0,
  };
}

const named = (metrics: Metrics, prefix: string): string[] =>
  Object.keys(metrics)
    .filter((key) => key.startsWith(`${prefix}.`))
    .map((key) => key.slice(prefix.length + 1));

/** What a DNS run measured of itself, in sentences; nothing for other phases. */
export function metricLines(phase: PhaseName, metrics: Metrics): MetricLine[] {
  if (phase !== 'dns') return [];
  const of = (key: string): number => metrics[key] ?? 0;
  const liars = named(metrics, 'lying');
  const deniers = named(metrics, 'denying');
  const wildcards = of('wildcard.names');
  const extra = of('wildcard.probes') + of('registration.queries') + of('recheck.asked');
  const rechecked = of('recheck.asked');
  const lines: (MetricLine | null)[] = [
    canaryLine(metrics),
    liars.length === 0
      ? null
      : {
          term: 'Lying',
          sentence: `${liars.join(', ')} gave addresses to names that cannot exist: what it found was asked again elsewhere.`,
          isWarning: true,
        },
    deniers.length === 0
      ? null
      : {
          term: 'Denying',
          sentence: `${deniers.join(', ')} denied names that exist: what it denied was asked again elsewhere.`,
          isWarning: true,
        },
    wildcards === 0
      ? null
      : {
          term: 'Wildcards',
          sentence: `${countOf(wildcards, 'name was', 'names were')} answered by a wildcard alone, and not counted as ${wildcards === 1 ? 'a find' : 'finds'}.`,
          isWarning: false,
        },
    rechecked === 0
      ? null
      : {
          term: 'Second opinions',
          sentence: `${formatCount(rechecked)} asked, ${formatCount(of('recheck.changed'))} changed the verdict.`,
          isWarning: false,
        },
    of('registration.unheard') === 0
      ? null
      : {
          term: 'Registries',
          sentence: `Of ${countOf(of('registration.unheard'), 'domain')} the registry could not be asked over RDAP: what DNS shows of them is all that is known.`,
          isWarning: false,
        },
    of('retries.cut') === 0
      ? null
      : {
          term: 'Retries',
          sentence: `The budget was used up: ${countOf(of('retries.cut'), 'name was', 'names were')} asked once and left undecided.`,
          isWarning: true,
        },
    extra === 0
      ? null
      : {
          term: 'Extra queries',
          sentence: `${formatCount(extra)} besides those for the names: ${formatCount(of('wildcard.probes'))} for wildcards, ${formatCount(of('registration.queries'))} for registration, ${formatCount(rechecked)} for second opinions.`,
          isWarning: false,
        },
  ];
  return lines.filter((line) => line !== null);
}
