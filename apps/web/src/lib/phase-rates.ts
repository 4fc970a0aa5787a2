/** A phase's counter at a moment. */
interface Sample {
  readonly atMs: number;
  readonly processed: number;
}

/** Speed is taken over this span: long enough to be calm, short enough to notice a stall. */
const SPAN_MS = 15_000;
/** Several places of a page note the same counter each second; timers are not exact. */
const SHORTEST_GAP_MS = 900;
/** What the chart shows. */
const HISTORY_MS = 5 * 60_000;

export interface PhaseRate {
  /** Null until two samples are far enough apart. */
  readonly perSecond: number | null;
  /** Milliseconds until all is processed at this speed; null where it cannot be said. */
  readonly etaMs: number | null;
}

/** Speed and remaining time from samples in order of time. */
export function rateOf(samples: readonly Sample[], remaining: number, nowMs: number): PhaseRate {
  const latest = samples.at(-1);
  if (latest === undefined) return { perSecond: null, etaMs: null };
  const from = samples.find((sample) => sample.atMs >= nowMs - SPAN_MS) ?? latest;
  // Time without an event counts: a phase that stands still slows down on the page too.
  const spanMs = nowMs - from.atMs;
  if (spanMs < 1_000 || from === latest) return { perSecond: null, etaMs: null };
  const perSecond = Math.max(0, ((latest.processed - from.processed) / spanMs) * 1_000);
  return { perSecond, etaMs: perSecond > 0 ? (remaining / perSecond) * 1_000 : null };
}

/** Speeds between samples for a chart: seconds since the epoch, and domains a second. */
export function speedSeries(samples: readonly Sample[]): [timesS: number[], perSecond: number[]] {
  const times: number[] = [];
  const speeds: number[] = [];
  for (let index = 1; index < samples.length; index += 1) {
    const before = samples[index - 1];
    const after = samples[index];
    if (before === undefined || after === undefined) continue;
    times.push(after.atMs / 1_000);
    speeds.push(Math.max(0, ((after.processed - before.processed) / (after.atMs - before.atMs)) * 1_000));
  }
  return [times, speeds];
}

const samplesOf = new Map<string, Sample[]>();
const keyOf = (campaignId: string, phase: string): string => `${campaignId}/${phase}`;

/** Notes a phase's counter, about once a second at most; a counter that went back (a retry) starts anew. */
export function recordProcessed(campaignId: string, phase: string, processed: number, atMs: number): void {
  const key = keyOf(campaignId, phase);
  const samples = samplesOf.get(key) ?? [];
  const latest = samples.at(-1);
  if (latest !== undefined && processed < latest.processed) samples.length = 0;
  else if (latest !== undefined && atMs - latest.atMs < SHORTEST_GAP_MS) return;
  samples.push({ atMs, processed });
  while ((samples[0]?.atMs ?? atMs) < atMs - HISTORY_MS) samples.shift();
  samplesOf.set(key, samples);
}

/** What has been noted of a phase since the page was opened. */
export const samplesFor = (campaignId: string, phase: string): readonly Sample[] =>
  samplesOf.get(keyOf(campaignId, phase)) ?? [];
