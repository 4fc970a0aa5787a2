import type { QuietHours } from './quiet-hours.ts';
import type { CapKind, Shaping } from './shaping-schema.ts';
import type { RunKind } from './traffic-meter.ts';

const TARGETS: Readonly<Record<CapKind, { one: string; each: string }>> = {
  resolver: { one: 'one resolver', each: 'each resolver' },
  nameServer: {
    one: 'the name servers of one public suffix',
    each: 'the name servers of each public suffix',
  },
  address: { one: 'one address', each: 'each address' },
  registrableDomain: { one: 'one registrable domain', each: 'each registrable domain' },
};

/** Correlations up to this say nothing: thousands of domains in a random order stay below. */
const NONE = 0.1;
/** Few domains in a random order correlate by chance: within so many deviations, 1 ÷ √(n − 1) each, in 997 of 1,000 runs. */
const CHANCE_DEVIATIONS = 3;
/** Above this there is some order, however few the domains. */
const LEAST_SEEN = 0.5;
const STRONG = 0.9;

const chanceOf = (domains: number): number =>
  Math.min(LEAST_SEEN, Math.max(NONE, CHANCE_DEVIATIONS / Math.sqrt(Math.max(1, domains - 1))));

const number = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

const counted = (n: number, one: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : `${one}s`}`;

function duration(ms: number): string {
  if (ms < 1_000) return `${number(ms)} ms`;
  if (ms < 60_000) return `${number(ms / 1_000)} s`;
  if (ms < 3_600_000) return `${number(ms / 60_000)} min`;
  return `${number(ms / 3_600_000)} h`;
}

/** With two decimals; a zero has no sign. */
export const formatCorrelation = (value: number): string => value.toFixed(2).replace(/^-(0\.00)$/, '$1');

/** What the correlation of so many domains says of their order. */
export function correlationSentence(
  configured: Shaping['order'],
  correlation: number | null,
  domains: number,
): string {
  if (correlation === null) return 'Too few domains have begun to say anything of their order.';
  const measured = `correlation ${formatCorrelation(correlation)}`;
  const size = Math.abs(correlation);
  if (size < chanceOf(domains)) {
    return configured === 'random'
      ? `The order of domains cannot be seen in the traffic (${measured}), as configured.`
      : `Domains were to be taken in their order, but the traffic does not show it (${measured}).`;
  }
  if (size > STRONG) {
    return configured === 'random'
      ? `Domains were to be taken in a random order, but the traffic follows their order (${measured}).`
      : `The traffic follows the order of domains (${measured}): whoever sees it knows what comes next.`;
  }
  return `The traffic shows something of the order of domains (${measured}; ${configured} was configured).`;
}

interface Gaps {
  readonly count: number;
  readonly meanMs: number | null;
  readonly medianMs: number | null;
  readonly variation: number | null;
}

export function gapSentence(
  configured: {
    readonly distribution: string;
    readonly meanMs: number | null;
    readonly variation: number | null;
  },
  { count, meanMs, medianMs, variation }: Gaps,
): string {
  if (count === 0 || meanMs === null || medianMs === null || variation === null)
    return 'Too little was sent to say anything of its rhythm.';
  const measured = `Starts of a worker were ${number(meanMs)} ms apart on average, half of them less than ${number(medianMs)} ms, with a variation of ${number(variation)}`;
  if (configured.meanMs === null || configured.variation === null)
    return `${measured}; no distribution was configured.`;
  return `${measured}; configured is ${configured.distribution} with ${number(configured.meanMs)} ms for all workers together and a variation of ${number(configured.variation)}.`;
}

export function runSentence(target: RunKind, length: number, isLeast: boolean): string {
  const { one } = TARGETS[target];
  if (length === 0) return `Nothing is known yet of runs on ${one}.`;
  if (length === 1) return `No two starts in a row went to ${one}.`;
  return `The longest run on ${one} was ${length} starts${isLeast ? ' or more' : ''} long.`;
}

interface CapWaits {
  readonly target: CapKind;
  readonly perSecond: number | null;
  readonly concurrency: number | null;
  readonly heldUp: number;
  readonly waitedMs: number;
}

export function waitSentence({ target, perSecond, concurrency, heldUp, waitedMs }: CapWaits): string {
  const { each } = TARGETS[target];
  const limits = [
    ...(perSecond === null ? [] : [`${number(perSecond)} a second`]),
    ...(concurrency === null ? [] : [`${concurrency} at once`]),
  ];
  if (limits.length === 0) return `There is no cap for ${each}.`;
  const cap = `The cap for ${each} is ${limits.join(' and ')}`;
  if (heldUp === 0) return `${cap}; it never held anything up.`;
  return `${cap}; it held up ${counted(heldUp, 'start')}, for ${duration(waitedMs / heldUp)} on average.`;
}

export function quietSentence(
  quiet: QuietHours | null,
  { waitedMs, waitingUntil }: { readonly waitedMs: number; readonly waitingUntil: string | null },
): string {
  if (quiet === null) return 'There are no quiet hours.';
  const configured = `Quiet hours are from ${quiet.from} to ${quiet.to} (${quiet.timeZone})`;
  const now =
    waitingUntil === null ? '' : `; the phase waits until ${waitingUntil.slice(0, 16).replace('T', ' ')} UTC`;
  if (waitedMs > 0) return `${configured}${now}; it has waited ${duration(waitedMs)} for them to end.`;
  return `${configured}${now === '' ? '; they have held up nothing yet' : now}.`;
}
