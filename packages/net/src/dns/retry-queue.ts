import { NONE, SlotQueue, type SlotTable } from './slot-table.ts';

/** Before the same resolver is asked again after an error code: it has most likely cached the failure. */
const AFTER_FAILURE_MS = 200;
/**
 * Before the same resolver is asked again after a lost connection, or for as long as silence would have been waited for if
 * that is less: one that is started anew is back in seconds, and attempts should not be used up before.
 */
const AFTER_LOSS_MS = 2_000;
/** Before one that may be asked too fast is asked again: many limits count by the second. */
const AFTER_HASTE_MS = 1_000;

/** What a slot waits for before it is sent again. */
export type Pause = 'none' | 'after_failure' | 'after_loss' | 'after_haste';

/** The slots that are to be sent again, in their order; some only after a pause. */
export class RetryQueue<Owner> {
  readonly #slots: SlotTable<Owner>;
  readonly #ready: SlotQueue;
  readonly #failed: SlotQueue;
  readonly #lost: SlotQueue;
  readonly #hasty: SlotQueue;
  readonly #afterLossMs: number;

  constructor(slots: SlotTable<Owner>, timeoutMs: number) {
    this.#slots = slots;
    this.#ready = new SlotQueue(slots.capacity);
    this.#failed = new SlotQueue(slots.capacity);
    this.#lost = new SlotQueue(slots.capacity);
    this.#hasty = new SlotQueue(slots.capacity);
    this.#afterLossMs = Math.min(timeoutMs, AFTER_LOSS_MS);
  }

  /** `sentAtMs` of the slot is when it was put here. */
  push(slot: number, pause: Pause): void {
    this.#queueOf(pause).push(slot);
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
    this.#endPauses(this.#failed, nowMs - AFTER_FAILURE_MS);
    this.#endPauses(this.#lost, nowMs - this.#afterLossMs);
    this.#endPauses(this.#hasty, nowMs - AFTER_HASTE_MS);
  }

  #endPauses(queue: SlotQueue, sinceMs: number): void {
    for (let slot = queue.peek(); slot !== NONE; slot = queue.peek()) {
      if ((this.#slots.sentAtMs[slot] as number) > sinceMs) break;
      queue.shift();
      this.#ready.push(slot);
    }
  }

  #queueOf(pause: Pause): SlotQueue {
    switch (pause) {
      case 'none':
        return this.#ready;
      case 'after_failure':
        return this.#failed;
      case 'after_loss':
        return this.#lost;
      case 'after_haste':
        return this.#hasty;
    }
  }

  /** Keeps those that `isKept` accepts. */
  retain(isKept: (slot: number) => boolean): void {
    this.#ready.retain(isKept);
    this.#failed.retain(isKept);
    this.#lost.retain(isKept);
    this.#hasty.retain(isKept);
  }
}
