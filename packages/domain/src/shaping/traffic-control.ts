import { parse } from 'tldts';
import type { Clock } from '../clock.ts';
import { type Jitter, jitterSampler, type RandomSource } from './jitter.ts';
import { quietClock } from './quiet-hours.ts';
import { ReleaseGate, type Target } from './release-gate.ts';
import type { ShapingPlan } from './shaping-plan.ts';
import type { Cap, CapKind } from './shaping-schema.ts';
import { type RunKind, TrafficMeter } from './traffic-meter.ts';

/** What shaping has from outside. */
export interface ShapingTools {
  readonly clock: Clock;
  readonly random: RandomSource;
  /** Milliseconds since 1970: quiet hours are of the wall's clock. */
  readonly wallMs: () => number;
  /** Workers that may work on the phase: each has its share of caps and rhythm. At least 1. */
  readonly workers: () => number;
  /** False while others may not count this worker yet: until then their shares leave nothing for it. */
  readonly isCounted?: () => boolean;
}

export type CapTarget = Target<CapKind>;

/** Nothing starts so shortly before quiet hours, so that what is asked is answered when they begin. */
export const QUIET_LEAD_MS = 1_000;
/** From this mean on gaps are kept as they are drawn, be it that the mean rises where the process is late. */
const EVEN_FROM_MS = 2;
/** Quicker ones are finer than the ticks of a clock: they keep their mean, and make up for so much. */
const CATCH_UP_MS = 10;
/** Spacing beyond what a rate means, so that what is a little early or late on its way still fits into each second. */
const RATE_MARGIN = 1.02;

const ICANN_ONLY = {
  extractHostname: false,
  validateHostname: false,
  detectIp: false,
  mixedInputs: false,
  allowPrivateDomains: false,
};

/** The names that limits and measures go by: the registrable domain and the public suffix of a name. */
function placesOf(name: string): { readonly domain: string; readonly suffix: string } {
  const { domain, publicSuffix } = parse(name, ICANN_ONLY);
  return { domain: domain ?? name, suffix: publicSuffix ?? name };
}

/** The shaping of one run in one worker: what waits, whose turn it is, and what was measured. Batches share it. */
export class TrafficControl {
  readonly plan: ShapingPlan;
  readonly #tools: ShapingTools;
  readonly #meter: TrafficMeter;
  readonly #gate: ReleaseGate<CapKind>;
  readonly #isQuietAt: ((wallMs: number) => { isQuiet: boolean; changesAtMs: number }) | null;
  #batches = 0;
  readonly #stops = new Set<() => void>();
  #quiet = { isQuiet: false, changesAtMs: 0 };
  /** Ordinals of domains that have not begun. */
  readonly #ordinals = new Map<string, number>();
  readonly #onBegin = new Set<() => void>();

  constructor(plan: ShapingPlan, tools: ShapingTools) {
    const { jitter, quietHours } = plan.values;
    this.plan = plan;
    this.#tools = tools;
    this.#meter = new TrafficMeter(plan.size);
    this.#isQuietAt = quietHours === null ? null : quietClock(quietHours);
    this.#gate = new ReleaseGate({
      clock: tools.clock,
      pace: paceOf(jitter, tools),
      catchUpMs: jitter.meanMs >= EVEN_FROM_MS ? jitter.meanMs / 2 : CATCH_UP_MS,
      isOpen: () => tools.isCounted?.() !== false && !this.isQuietSoon(),
      sharedBy: tools.workers,
      onHeldUp: (kind, waitedMs) => this.#meter.heldUp(kind, waitedMs),
    });
  }

  /** Whether anything ever has to wait; where not, engines are asked without a detour. */
  hasWaits(kinds: readonly CapKind[]): boolean {
    const { jitter, caps, quietHours } = this.plan.values;
    return jitter.distribution !== 'none' || quietHours !== null || this.#isLimited(kinds, caps);
  }

  /** Whether targets of these kinds are limited. */
  hasCaps(kinds: readonly CapKind[]): boolean {
    return this.#isLimited(kinds, this.plan.values.caps);
  }

  /** Whether it is quiet now, or will be within a moment. */
  isQuietSoon(): boolean {
    if (this.#isQuietAt === null) return false;
    const wallMs = this.#tools.wallMs();
    // Also where the wall's clock was put back.
    if (wallMs >= this.#quiet.changesAtMs || this.#quiet.changesAtMs - wallMs > 9 * 86_400_000)
      this.#quiet = this.#isQuietAt(wallMs);
    return this.#quiet.isQuiet || this.#quiet.changesAtMs - wallMs <= QUIET_LEAD_MS;
  }

  /** When the quiet hours end that it is in, or about to be in; null where it is not. */
  quietUntilMs(): number | null {
    if (this.#isQuietAt === null || !this.isQuietSoon()) return null;
    const { isQuiet, changesAtMs } = this.#quiet;
    return isQuiet ? changesAtMs : this.#isQuietAt(changesAtMs).changesAtMs;
  }

  /** Whether a batch of the run goes on in this worker. */
  get goesOn(): boolean {
    return this.#batches > 0;
  }

  /** To be called as a batch begins; the returned function when it ends or is stopped. */
  go(): () => void {
    this.#batches += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#batches -= 1;
      if (this.#batches === 0) for (const stop of [...this.#stops]) stop();
    };
  }

  /** Calls `stop` when no batch goes on any more, until the returned function is called. */
  onStop(stop: () => void): () => void {
    this.#stops.add(stop);
    return () => {
      this.#stops.delete(stop);
    };
  }

  /** Domains that are expected and have not begun. */
  get waiting(): number {
    return this.#ordinals.size;
  }

  /** Calls `listener` after each domain that begins, until the returned function is called. */
  onBegin(listener: () => void): () => void {
    this.#onBegin.add(listener);
    return () => {
      this.#onBegin.delete(listener);
    };
  }

  /** The domains that are to begin. */
  expect(items: Iterable<{ readonly ordinal: number; readonly name: string }>): void {
    for (const { ordinal, name } of items) this.#ordinals.set(name, ordinal);
  }

  forget(items: Iterable<{ readonly name: string }>): void {
    for (const { name } of items) this.#ordinals.delete(name);
  }

  /** This worker's share of a cap's rate; null: no limit. */
  rateShare(cap: Cap | null): number | null {
    return cap === null || cap.perSecond === null ? null : cap.perSecond / Math.max(1, this.#tools.workers());
  }

  /** The limited targets of a name, and of an address or resolvers where they are known. */
  targetsOf(
    name: string,
    { address, resolvers }: { address?: string | undefined; resolvers?: number },
  ): CapTarget[] {
    const { caps } = this.plan.values;
    const targets: CapTarget[] = [];
    const add = (kind: CapKind, key: string, cap: Cap | null, times = 1): void => {
      if (cap === null) return;
      const { perSecond, concurrency } = cap;
      if (perSecond === null && concurrency === null) return;
      targets.push({
        key: `${kind} ${key}`,
        kind,
        intervalMs: perSecond === null ? null : (1_000 * RATE_MARGIN) / (perSecond * times),
        concurrency: concurrency === null ? null : concurrency * times,
      });
    };
    const isPlaced = caps.registrableDomain !== null || caps.nameServer !== null;
    const places = isPlaced ? placesOf(name) : null;
    if (places !== null) {
      add('registrableDomain', places.domain, caps.registrableDomain);
      if (resolvers !== undefined) add('nameServer', places.suffix, caps.nameServer);
    }
    if (address !== undefined) add('address', address, caps.address);
    if (resolvers !== undefined) add('resolver', 'all', caps.resolver, resolvers);
    return targets;
  }

  /** Calls `release` when it may start; the returned function takes it out again. */
  submit(targets: readonly CapTarget[], release: () => void): () => void {
    return this.#gate.submit(targets, release);
  }

  /** To be called for each start that has ended, with the number of queries or requests that it took. */
  leave(targets: readonly CapTarget[], starts: number): void {
    this.#gate.leave(targets, starts);
  }

  /** To be called for all that is sent. */
  sent(name: string, address: string | undefined): void {
    const { domain, suffix } = placesOf(name);
    const seen: Partial<Record<RunKind, string>> = { registrableDomain: domain, nameServer: suffix };
    if (address !== undefined) seen.address = address;
    this.#meter.sent(this.#tools.clock.nowMs(), seen);
    const ordinal = this.#ordinals.get(name);
    if (ordinal === undefined) return;
    this.#ordinals.delete(name);
    this.#meter.began(ordinal, this.#tools.wallMs() - this.plan.startedAtMs);
    for (const listener of [...this.#onBegin]) listener();
  }

  /** Whose turn it is among `count`, for this name or at this time. */
  turn(name: string, count: number): number {
    const { every, sliceMs } = this.plan.values.rotation;
    if (count <= 1) return 0;
    if (every === 'domain') return hash(placesOf(name).domain) % count;
    return Math.max(0, Math.floor((this.#tools.wallMs() - this.plan.startedAtMs) / sliceMs)) % count;
  }

  /** Figures since the last call; `isOver` where no batch is under way any more. */
  takeMetrics(isOver: boolean): Record<string, number> {
    return this.#meter.take(isOver);
  }

  #isLimited(kinds: readonly CapKind[], caps: Readonly<Record<CapKind, Cap | null>>): boolean {
    return kinds.some((kind) => {
      const cap = caps[kind];
      return cap !== null && (cap.perSecond !== null || cap.concurrency !== null);
    });
  }
}

/** The rhythm of one worker among others: its gaps are as many times longer as there are workers. */
function paceOf(jitter: Jitter, { random, workers }: ShapingTools): (() => number) | null {
  const sample = jitterSampler(jitter, random);
  return sample === null ? null : () => sample() * Math.max(1, workers());
}

/** FNV-1a. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  // Its low bits alone follow the last characters too closely.
  return (h ^ (h >>> 15)) >>> 0;
}
