const TICK_MS = 10;
/** A tick that comes this much later says that this process stood still, and that replies wait unread. */
const STALL_MS = 60;
const GRACE_TICKS = 3;

/** Calls back every few milliseconds while there is work, and knows whether silence can be believed. */
export class PoolTicker {
  readonly #onTick: (nowMs: number, isStalled: boolean) => void;
  #timer: ReturnType<typeof setInterval> | null = null;
  #lastMs = 0;
  #grace = 0;

  /** `isStalled`: this process stood still a moment ago, and what seems late may just be unread. */
  constructor(onTick: (nowMs: number, isStalled: boolean) => void) {
    this.#onTick = onTick;
  }

  start(): void {
    if (this.#timer !== null) return;
    this.#lastMs = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #tick(): void {
    const now = performance.now();
    if (now - this.#lastMs > STALL_MS) this.#grace = GRACE_TICKS;
    this.#lastMs = now;
    const isStalled = this.#grace > 0;
    if (isStalled) this.#grace -= 1;
    this.#onTick(now, isStalled);
  }
}
