import type { DnsPersona } from '@domainflow/domain/persona/dns-persona.ts';
import type { SlotTable } from './slot-table.ts';
import type { Upstream } from './upstream.ts';

/** How long a retry waits for room at a resolver that it has not tried, before it takes any. */
const WAIT_FOR_ANOTHER_MS = 1_000;

/** Chooses the resolver for each query. */
export class ResolverChoice<Owner> {
  readonly #upstreams: readonly Upstream<Owner>[];
  readonly #slots: SlotTable<Owner>;
  readonly #isRandom: boolean;
  #turn = 0;

  constructor(
    upstreams: readonly Upstream<Owner>[],
    slots: SlotTable<Owner>,
    strategy: DnsPersona['strategy'],
  ) {
    this.#upstreams = upstreams;
    this.#slots = slots;
    this.#isRandom = strategy === 'random';
  }

  /** For a new question: the next with room, null where none has. */
  forNew(): Upstream<Owner> | null {
    return this.#next(0, 0);
  }

  /** For a retry: one that has not been tried; any, once all have been, or all others are down. Null: wait. */
  forRetry(slot: number, nowMs: number): Upstream<Owner> | null {
    if (this.#upstreams.length === 1) return this.forNew();
    const low = this.#slots.triedLow[slot] as number;
    const high = this.#slots.triedHigh[slot] as number;
    const untried = this.#next(low, high);
    if (untried !== null) return untried;
    const waited = nowMs - (this.#slots.sentAtMs[slot] as number) > WAIT_FOR_ANOTHER_MS;
    if (!waited && this.hasUntried(slot)) return null;
    const last = this.#slots.upstream[slot] as number;
    return last < 32
      ? (this.#next(1 << last, 0) ?? this.forNew())
      : (this.#next(0, 1 << (last - 32)) ?? this.forNew());
  }

  /** Whether a resolver that is not down has not been asked yet. */
  hasUntried(slot: number): boolean {
    const low = this.#slots.triedLow[slot] as number;
    const high = this.#slots.triedHigh[slot] as number;
    return this.#upstreams.some(({ index, isDown }) => !isDown && !isIn(index, low, high));
  }

  /** Remembers that the slot's question went to this resolver. */
  markTried(slot: number, index: number): void {
    const bits = index < 32 ? this.#slots.triedLow : this.#slots.triedHigh;
    bits[slot] = (bits[slot] as number) | (1 << (index & 31));
  }

  #next(triedLow: number, triedHigh: number): Upstream<Owner> | null {
    const count = this.#upstreams.length;
    let at = this.#isRandom ? Math.floor(Math.random() * count) : this.#turn;
    for (let step = 0; step < count; step += 1) {
      const upstream = this.#upstreams[at] as Upstream<Owner>;
      at = at + 1 === count ? 0 : at + 1;
      if (isIn(upstream.index, triedLow, triedHigh) || !upstream.hasRoom) continue;
      this.#turn = at;
      return upstream;
    }
    return null;
  }
}

const isIn = (index: number, low: number, high: number): boolean =>
  ((index < 32 ? low : high) & (1 << (index & 31))) !== 0;
