import { z } from 'zod';
import { expectedVariation, JITTER_DISTRIBUTIONS } from './jitter.ts';
import type { ShapingPlan } from './shaping-plan.ts';
import { CAP_KINDS, type CapKind } from './shaping-schema.ts';
import {
  GAP_UNITS_PER_MS,
  gapRange,
  isLeastLength,
  PAUSE_MS,
  RUN_KINDS,
  type RunKind,
  TRAFFIC_PREFIX,
} from './traffic-meter.ts';
import {
  correlationSentence,
  gapSentence,
  quietSentence,
  runSentence,
  waitSentence,
} from './traffic-sentences.ts';

/** Sums of the meter by their full names, as they are kept with a phase. */
export type TrafficSums = Readonly<Record<string, number>>;

export const trafficReportSchema = z.object({
  /** Questions or visits that were sent, repeated work included. */
  starts: z.int(),
  order: z.object({
    configured: z.enum(['sequential', 'random']),
    /** Domains that have begun. */
    domains: z.int(),
    /**
     * Between the ordinals of domains and when the work on them began, by Pearson, −1 to 1. Time counts by its square
     * root. Null: fewer than ten domains, or all at once.
     */
    correlation: z.number().nullable(),
    sentence: z.string(),
  }),
  interArrival: z.object({
    configured: z.object({
      distribution: z.enum(JITTER_DISTRIBUTIONS),
      /** Of one worker's starts times the number of workers; null without a distribution. */
      meanMs: z.number().nullable(),
      /** Deviation ÷ mean. */
      variation: z.number().nullable(),
    }),
    /** Gaps between the starts of one worker; those of a minute or more are pauses. */
    count: z.int(),
    pauses: z.int(),
    meanMs: z.number().nullable(),
    medianMs: z.number().nullable(),
    variation: z.number().nullable(),
    buckets: z.array(z.object({ fromMs: z.number(), toMs: z.number(), count: z.int() })),
    sentence: z.string(),
  }),
  /** The longest uninterrupted run of starts on one target, of one worker. */
  longestRuns: z.array(
    z.object({
      target: z.enum(RUN_KINDS),
      length: z.int(),
      /** It was that long or longer, but less than twice as long. */
      isLeast: z.boolean(),
      sentence: z.string(),
    }),
  ),
  caps: z.array(
    z.object({
      target: z.enum(CAP_KINDS),
      perSecond: z.number().nullable(),
      concurrency: z.int().nullable(),
      /** Starts that this cap held up first. */
      heldUp: z.int(),
      waitedMs: z.int(),
      sentence: z.string(),
    }),
  ),
  quietHours: z.object({
    configured: z
      .object({ timeZone: z.string(), from: z.string(), to: z.string(), days: z.array(z.string()) })
      .nullable(),
    waitedMs: z.int(),
    /** The phase waits now, until then. */
    waitingUntil: z.string().nullable(),
    sentence: z.string(),
  }),
});
export type TrafficReport = z.output<typeof trafficReportSchema>;

/** How long the run has waited for quiet hours to end. */
export interface RunWaits {
  readonly waitedMs: number;
  readonly waitingUntil: string | null;
}

/** Targets that the traffic of a phase has, and of which caps and runs can so be told. */
const KINDS_OF = {
  dns: { caps: ['resolver', 'nameServer', 'registrableDomain'], runs: ['nameServer', 'registrableDomain'] },
  http: { caps: ['address', 'registrableDomain'], runs: ['address', 'registrableDomain'] },
} as const satisfies Record<string, { caps: readonly CapKind[]; runs: readonly RunKind[] }>;

/** What the sums of one run say of its traffic, next to what was configured. */
export function trafficReport(
  phase: keyof typeof KINDS_OF,
  { values }: ShapingPlan,
  sums: TrafficSums,
  waits: RunWaits,
): TrafficReport {
  const sum = (name: string): number => sums[TRAFFIC_PREFIX + name] ?? 0;
  const correlation = correlationOf(sum);
  const configured = {
    distribution: values.jitter.distribution,
    meanMs: values.jitter.distribution === 'none' ? null : values.jitter.meanMs,
    variation: rounded(expectedVariation(values.jitter)),
  };
  const gaps = gapsOf(sum, sums);
  const kinds = KINDS_OF[phase];
  return {
    starts: sum('starts'),
    order: {
      configured: values.order,
      domains: sum('n'),
      correlation,
      sentence: correlationSentence(values.order, correlation, sum('n')),
    },
    interArrival: { configured, ...gaps, sentence: gapSentence(configured, gaps) },
    longestRuns: kinds.runs.map((target) => {
      const length = longestRun(target, sums);
      const isLeast = isLeastLength(length);
      return { target, length, isLeast, sentence: runSentence(target, length, isLeast) };
    }),
    caps: kinds.caps.map((target) => {
      const cap = values.caps[target];
      const part = {
        target,
        perSecond: cap?.perSecond ?? null,
        concurrency: cap?.concurrency ?? null,
        heldUp: sum(`wait.${target}.n`),
        waitedMs: sum(`wait.${target}.ms`),
      };
      return { ...part, sentence: waitSentence(part) };
    }),
    quietHours: {
      configured: values.quietHours,
      ...waits,
      sentence: quietSentence(values.quietHours, waits),
    },
  };
}

type Sum = (name: string) => number;

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 10_000) / 10_000;

function correlationOf(sum: Sum): number | null {
  const n = sum('n');
  if (n < 10) return null;
  const xx = sum('xx') - (sum('x') / n) * sum('x');
  const yy = sum('yy') - (sum('y') / n) * sum('y');
  const xy = sum('xy') - (sum('x') / n) * sum('y');
  if (xx <= 0 || yy <= 0) return null;
  return rounded(Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))));
}

function gapsOf(sum: Sum, sums: TrafficSums): Omit<TrafficReport['interArrival'], 'configured' | 'sentence'> {
  const count = sum('gaps');
  const buckets = numbered(`${TRAFFIC_PREFIX}gap.`, sums).map(([bucket, n]) => ({
    ...gapRange(bucket),
    count: n,
  }));
  const base = { count, pauses: sum('pauses'), buckets };
  if (count === 0) return { ...base, meanMs: null, medianMs: null, variation: null };
  const mean = sum('gap') / count;
  const variance = Math.max(0, sum('gap2') / count - mean * mean);
  return {
    ...base,
    meanMs: rounded(mean / GAP_UNITS_PER_MS),
    medianMs: rounded(medianOf(buckets, count)),
    variation: mean === 0 ? null : rounded(Math.sqrt(variance) / mean),
  };
}

/** Where half of the gaps lie below, in its bucket by proportion. */
function medianOf(buckets: TrafficReport['interArrival']['buckets'], count: number): number {
  let below = 0;
  for (const { fromMs, toMs, count: n } of buckets) {
    if (below + n >= count / 2)
      return Math.min(PAUSE_MS, fromMs + ((count / 2 - below) / n) * (toMs - fromMs));
    below += n;
  }
  return 0;
}

function longestRun(kind: RunKind, sums: TrafficSums): number {
  return numbered(`${TRAFFIC_PREFIX}run.${kind}.`, sums).at(-1)?.[0] ?? 0;
}

/** Of sums whose names end in a number after this prefix: the numbers with their sums, in order. */
const numbered = (prefix: string, sums: TrafficSums): [number, number][] =>
  Object.entries(sums)
    .filter(([name, n]) => name.startsWith(prefix) && n > 0)
    .map(([name, n]): [number, number] => [Number(name.slice(prefix.length)), n])
    .filter(([value]) => Number.isInteger(value))
    .sort(([a], [b]) => a - b);
