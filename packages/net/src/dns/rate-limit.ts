/** How much unused allowance may be saved up. */
const BURST_MS = 50;

/** A token bucket for the queries per second of one resolver; null has no limit. The clock is the caller's. */
export class RateLimit {
  readonly #perMs: number | null;
  readonly #burst: number;
  #tokens: number;
  #filledAtMs: number;

  constructor(perSecond: number | null, nowMs: number) {
    this.#perMs = perSecond === null ? null : perSecond / 1_000;
    this.#burst = perSecond === null ? 0 : Math.max(1, (perSecond * BURST_MS) / 1_000);
    this.#tokens = this.#burst;
    this.#filledAtMs = nowMs;
  }

  get hasRoom(): boolean {
    return this.#perMs === null || this.#tokens >= 1;
  }

  spend(): void {
    if (this.#perMs !== null) this.#tokens -= 1;
  }

  refill(nowMs: number): void {
    if (this.#perMs === null) return;
    this.#tokens = Math.min(this.#burst, this.#tokens + (nowMs - this.#filledAtMs) * this.#perMs);
    this.#filledAtMs = nowMs;
  }
}
