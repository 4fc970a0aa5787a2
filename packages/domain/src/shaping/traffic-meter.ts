import type { CapKind } from './shaping-schema.ts';

/** Targets of which the longest run is measured. */
export const RUN_KINDS = ['registrableDomain', 'nameServer', 'address'] as const satisfies readonly CapKind[];
export type RunKind = (typeof RUN_KINDS)[number];

/** Figures of traffic begin with this among those of a phase. */
export const TRAFFIC_PREFIX = 'traffic.';

/** Ordinals are scaled to [0, this], so that their squares add up to whole numbers that stay exact. */
export const ORDINAL_SCALE = 4_095;
/** Units of a gap in a millisecond. */
export const GAP_UNITS_PER_MS = 100;
/** A gap of this length or more is a pause: of the campaign, of quiet hours, of a worker that was not there. */
export const PAUSE_MS = 60_000;
/** Runs up to this length are counted by their length, longer ones by the power of two that they reach. */
const EXACT_RUN = 63;

/**
 * Where a start lies in time, as a whole number that stays small over weeks: the square root of the milliseconds since
 * the run began, in eighths. It keeps the order, which is what correlates.
 */
const timePlace = (elapsedMs: number): number => Math.round(8 * Math.sqrt(Math.max(0, elapsedMs)));

/** What an observer would see, in sums that can be added up over batches, workers and restarts. */
export class TrafficMeter {
  readonly #size: number;
  #sums: Record<string, number> = {};
  #lastStartMs: number | null = null;
  readonly #runs = new Map<RunKind, { key: string; length: number }>();

  /** `size`: the campaign's ordinals are those of [0, size). */
  constructor(size: number) {
    this.#size = size;
  }

  /** Something is sent. `nowMs` is of the clock; `targets` say who would notice. */
  sent(nowMs: number, targets: Readonly<Partial<Record<RunKind, string>>>): void {
    this.#add('starts', 1);
    this.#gap(nowMs);
    for (const kind of RUN_KINDS) {
      const key = targets[kind];
      if (key !== undefined) this.#inRun(kind, key);
    }
  }

  /** The work on a domain begins, so long after the run began. */
  began(ordinal: number, elapsedMs: number): void {
    const x = this.#size <= 1 ? 0 : Math.round((ordinal * ORDINAL_SCALE) / (this.#size - 1));
    const y = timePlace(elapsedMs);
    this.#add('n', 1);
    this.#add('x', x);
    this.#add('y', y);
    this.#add('xx', x * x);
    this.#add('yy', y * y);
    this.#add('xy', x * y);
  }

  heldUp(kind: CapKind, waitedMs: number): void {
    this.#add(`wait.${kind}.n`, 1);
    this.#add(`wait.${kind}.ms`, Math.round(waitedMs));
  }

  /** What has been added since the last call. With `isOver` runs that may still have gone on end here. */
  take(isOver: boolean): Record<string, number> {
    if (isOver) {
      for (const [kind, { length }] of this.#runs) this.#addRun(kind, length);
      this.#runs.clear();
    }
    const sums = this.#sums;
    this.#sums = {};
    return sums;
  }

  #gap(nowMs: number): void {
    const gapMs = this.#lastStartMs === null ? null : nowMs - this.#lastStartMs;
    this.#lastStartMs = nowMs;
    if (gapMs === null) return;
    if (gapMs >= PAUSE_MS) {
      this.#add('pauses', 1);
      return;
    }
    const units = Math.round(gapMs * GAP_UNITS_PER_MS);
    this.#add('gaps', 1);
    this.#add('gap', units);
    this.#add('gap2', units * units);
    this.#add(`gap.${gapBucket(gapMs)}`, 1);
  }

  #inRun(kind: RunKind, key: string): void {
    const run = this.#runs.get(kind);
    if (run !== undefined && run.key === key) {
      run.length += 1;
      return;
    }
    if (run !== undefined) this.#addRun(kind, run.length);
    this.#runs.set(kind, { key, length: 1 });
  }

  #addRun(kind: RunKind, length: number): void {
    const reached = length <= EXACT_RUN ? length : 2 ** Math.floor(Math.log2(length));
    this.#add(`run.${kind}.${reached}`, 1);
  }

  #add(name: string, by: number): void {
    const key = TRAFFIC_PREFIX + name;
    this.#sums[key] = (this.#sums[key] ?? 0) + by;
  }
}

/** Whether a run counted under this length may have been longer. */
export const isLeastLength = (length: number): boolean => length > EXACT_RUN;

/** Bucket of a gap: 0 is below 1/16 ms, each further one reaches twice as far. */
const gapBucket = (gapMs: number): number =>
  gapMs < 1 / 16 ? 0 : Math.min(20, Math.floor(Math.log2(gapMs * 16)) + 1);

/** The gaps that a bucket holds: [fromMs, toMs). */
export const gapRange = (bucket: number): { readonly fromMs: number; readonly toMs: number } => ({
  fromMs: bucket === 0 ? 0 : 2 ** (bucket - 5),
  toMs: 2 ** (bucket - 4),
});
