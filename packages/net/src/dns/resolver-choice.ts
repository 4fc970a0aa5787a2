import type { ResolverStrategy } from '@domainflow/domain/persona/dns-persona.ts';
import type { SlotTable } from './slot-table.ts';
import { SmoothWeights } from './smooth-weights.ts';
import type { Upstream } from './upstream.ts';

/** How long a retry waits for room at a resolver that it has not tried, before it takes any. */
const WAIT_FOR_ANOTHER_MS = 1_000;
/** How long the others wait for the one whose turn it is by weight, before it loses its turn. */
const WAIT_FOR_TURN_MS = 200;

/** Chooses the resolver for each query, among those that are not put aside; among all, when all are. */
export class ResolverChoice<Owner> {
  readonly #upstreams: readonly Upstream<Owner>[];
  readonly #slots: SlotTable<Owner>;
  readonly #strategy: ResolverStrategy;
  readonly #weights: SmoothWeights;
  #usable: readonly Upstream<Owner>[];
  #turn = 0;
  #waitsFor = -1;
  #among: readonly number[] = [];
  #waitsSinceMs = 0;

  constructor(upstreams: readonly Upstream<Owner>[], slots: SlotTable<Owner>, strategy: ResolverStrategy) {
    this.#upstreams = upstreams;
    this.#usable = upstreams;
    this.#slots = slots;
    this.#strategy = strategy;
    this.#weights = new SmoothWeights(upstreams.map(({ target }) => target.weight));
  }

  /** To be called every few milliseconds: looks at who is put aside. */
  refresh(): void {
    const healthy = this.#upstreams.filter(({ isOpen, health }) => isOpen && health.ejection === null);
    this.#usable = healthy.length > 0 ? healthy : this.#upstreams;
    if (this.#turn >= this.#usable.length) this.#turn = 0;
  }

  get hasPutAside(): boolean {
    return this.#upstreams.some(({ health }) => health.ejection !== null);
  }

  /** Whether any resolver is not put aside. */
  get hasHealthy(): boolean {
    return this.#usable.length > 0 && (this.#usable[0] as Upstream<Owner>).health.ejection === null;
  }

  /** For a new question: the next with room, null where none has. */
  forNew(nowMs: number): Upstream<Owner> | null {
    switch (this.#strategy) {
      case 'round_robin':
      case 'random':
        return this.#next(0, 0);
      case 'weighted':
        return this.#byWeight(nowMs);
      case 'failover':
        return this.#first();
    }
  }

  /** A new question went to the one that `forNew` gave: it has had its turn. */
  took({ index }: Upstream<Owner>): void {
    if (this.#strategy === 'weighted' && this.#among.length > 0) this.#weights.take(index, this.#among);
  }

  /**
   * For a retry: one that has not been tried; any, once all have been, or all others are down. Rather one that has answered
   * others, where only such failed as have not. Null: wait.
   */
  forRetry(slot: number, nowMs: number): Upstream<Owner> | null {
    if (this.#upstreams.length === 1) return this.#next(0, 0);
    const low = this.#slots.triedLow[slot] as number;
    const high = this.#slots.triedHigh[slot] as number;
    const wantsProven = this.#slots.spared[slot] !== 0 && this.#slots.isBlamed[slot] === 0;
    const untried = (wantsProven ? this.#next(low, high, true) : null) ?? this.#next(low, high);
    if (untried !== null) return untried;
    const waited = nowMs - (this.#slots.sentAtMs[slot] as number) > WAIT_FOR_ANOTHER_MS;
    if (!waited && this.hasUntried(slot)) return null;
    const proven = wantsProven ? this.#next(0, 0, true) : null;
    if (proven !== null) return proven;
    const last = this.#slots.upstream[slot] as number;
    return (last < 32 ? this.#next(1 << last, 0) : this.#next(0, 1 << (last - 32))) ?? this.#next(0, 0);
  }

  /** Whether a resolver that is not down has not been asked yet. */
  hasUntried(slot: number): boolean {
    const low = this.#slots.triedLow[slot] as number;
    const high = this.#slots.triedHigh[slot] as number;
    return this.#usable.some(({ index, isDown }) => !isDown && !isIn(index, low, high));
  }

  /**
   * Whether one that is not put aside, be it silent for the moment, has not been asked yet, or is known to answer.
   */
  hasHope(slot: number): boolean {
    const low = this.#slots.triedLow[slot] as number;
    const high = this.#slots.triedHigh[slot] as number;
    return this.#usable.some(
      ({ index, isOpen, health }) =>
        isOpen && health.ejection === null && (health.isProven || !isIn(index, low, high)),
    );
  }

  /** Remembers that the slot's question went to this resolver. */
  markTried(slot: number, index: number): void {
    const bits = index < 32 ? this.#slots.triedLow : this.#slots.triedHigh;
    bits[slot] = (bits[slot] as number) | (1 << (index & 31));
  }

  #next(triedLow: number, triedHigh: number, isProvenOnly = false): Upstream<Owner> | null {
    const usable = this.#usable;
    const count = usable.length;
    let at =
      this.#strategy === 'failover'
        ? 0
        : this.#strategy === 'random'
          ? Math.floor(Math.random() * count)
          : this.#turn;
    for (let step = 0; step < count; step += 1) {
      const upstream = usable[at] as Upstream<Owner>;
      at = at + 1 === count ? 0 : at + 1;
      if (isIn(upstream.index, triedLow, triedHigh) || !upstream.hasRoom) continue;
      if (isProvenOnly && !upstream.health.isProven) continue;
      this.#turn = at;
      return upstream;
    }
    return null;
  }

  /** The first in the list, which is waited for: the others are for when it is down. */
  #first(): Upstream<Owner> | null {
    const [first] = this.#usable;
    const up = first?.isDown === true ? (this.#usable.find(({ isDown }) => !isDown) ?? first) : first;
    return up?.hasRoom === true ? up : null;
  }

  /** Whoever is at its limit or down is passed over; one whose window is full is waited for, so that shares are kept. */
  #byWeight(nowMs: number): Upstream<Owner> | null {
    const among = this.#usable
      .filter(({ isDown, rate, index }) => !isDown && rate.hasRoom && !this.#isGivenUp(index, nowMs))
      .map(({ index }) => index);
    this.#among = [];
    if (among.length === 0) return this.#next(0, 0);
    const index = this.#weights.peek(among);
    const upstream = this.#upstreams[index] as Upstream<Owner>;
    if (upstream.hasRoom) {
      if (this.#waitsFor === index) this.#waitsFor = -1;
      this.#among = among;
      return upstream;
    }
    if (this.#waitsFor !== index) {
      this.#waitsFor = index;
      this.#waitsSinceMs = nowMs;
    }
    return null;
  }

  #isGivenUp(index: number, nowMs: number): boolean {
    return this.#waitsFor === index && nowMs - this.#waitsSinceMs > WAIT_FOR_TURN_MS;
  }
}

const isIn = (index: number, low: number, high: number): boolean =>
  ((index < 32 ? low : high) & (1 << (index & 31))) !== 0;
