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
  readonly #queues: Readonly<Record<Pause, SlotQueue>>;
  readonly #pauses: readonly { readonly queue: SlotQueue; readonly pauseMs: number }[];

  constructor(slots: SlotTable<Owner>, timeoutMs: number) {
    this.#slots = slots;
    const queue = (): SlotQueue => new SlotQueue(slots.capacity);
    this.#queues = { none: queue(), after_failure: queue(), after_loss: queue(), after_haste: queue() };
    this.#pauses = [
      { queue: this.#queues.after_failure, pauseMs: AFTER_FAILURE_MS },
      { queue: this.#queues.after_loss, pauseMs: Math.min(timeoutMs, AFTER_LOSS_MS) },
      { queue: this.#queues.after_haste, pauseMs: AFTER_HASTE_MS },
    ];
  }

  /** `sentAtMs` of the slot is when it was put here. */
  push(slot: number, pause: Pause): void {
    this.#queues[pause].push(slot);
  }

  /** The slot to be sent next, `NONE` where there is none. */
  peek(): number {
    return this.#queues.none.peek();
  }

  shift(): void {
    this.#queues.none.shift();
  }

  /** To be called every few milliseconds. */
  endPauses(nowMs: number): void {
    for (const { queue, pauseMs } of this.#pauses)
      for (let slot = queue.peek(); slot !== NONE; slot = queue.peek()) {
        if ((this.#slots.sentAtMs[slot] as number) > nowMs - pauseMs) break;
        queue.shift();
        this.#queues.none.push(slot);
      }
  }

  /** Keeps those that `isKept` accepts. */
  retain(isKept: (slot: number) => boolean): void {
    for (const queue of Object.values(this.#queues)) queue.retain(isKept);
  }
}
