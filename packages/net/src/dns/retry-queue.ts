import { NONE, SlotQueue, type SlotTable } from './slot-table.ts';

/** Before the same resolver is asked again after an error code: it has most likely cached the failure. */
const SAME_RESOLVER_PAUSE_MS = 200;

/** The slots that are to be sent again, in their order; some only after a pause. */
export class RetryQueue<Owner> {
  readonly #slots: SlotTable<Owner>;
  readonly #ready: SlotQueue;
  readonly #pausing: SlotQueue;

  constructor(slots: SlotTable<Owner>) {
    this.#slots = slots;
    this.#ready = new SlotQueue(slots.capacity);
    this.#pausing = new SlotQueue(slots.capacity);
  }

  /** `sentAtMs` of the slot is when it was put here. */
  push(slot: number, isPausing: boolean): void {
    (isPausing ? this.#pausing : this.#ready).push(slot);
  }

  /** The slot to be sent next, `NONE` where there is none. */
  peek(): number {
    return this.#ready.peek();
  }

  shift(): void {
    this.#ready.shift();
  }

  /** To be called every few milliseconds. */
  endPauses(nowMs: number): void {
    for (let slot = this.#pausing.peek(); slot !== NONE; slot = this.#pausing.peek()) {
      if (nowMs - (this.#slots.sentAtMs[slot] as number) < SAME_RESOLVER_PAUSE_MS) break;
      this.#pausing.shift();
      this.#ready.push(slot);
    }
  }

  /** Keeps those that `isKept` accepts. */
  retain(isKept: (slot: number) => boolean): void {
    this.#ready.retain(isKept);
    this.#pausing.retain(isKept);
  }
}
