import type { Outputs } from '../../lib/contract.ts';

export type TrafficReport = NonNullable<Outputs['campaigns']['traffic']['phases'][number]['report']>;
export type GapBucket = TrafficReport['interArrival']['buckets'][number];

/** The buckets from the first to the last that holds anything, the empty ones between them included. */
export function withEmptyBuckets(buckets: readonly GapBucket[]): GapBucket[] {
  const filled: GapBucket[] = [];
  for (const bucket of buckets) {
    for (let last = filled.at(-1); last !== undefined && last.toMs < bucket.fromMs; last = filled.at(-1))
      filled.push({ fromMs: last.toMs, toMs: last.toMs * 2, count: 0 });
    filled.push(bucket);
  }
  return filled;
}

/** A time between two starts, short enough for an axis: `0.06 ms`, `128 ms`, `2 s`. */
export function formatGap(ms: number): string {
  const short = (value: number): string => String(Number(value.toPrecision(value < 1 ? 1 : 2)));
  if (ms >= 60_000) return `${short(ms / 60_000)} min`;
  return ms >= 1_000 ? `${short(ms / 1_000)} s` : `${ms < 100 ? short(ms) : Math.round(ms)} ms`;
}
