/** How much unused allowance may be saved up. */
const BURST_MS = 50;
/** A brake takes this part of the speed, and lets go of it step by step. */
const BRAKE = 0.7;
const RELEASE_EVERY_MS = 10_000;
const RELEASE = 1.25;
const RELEASED_AT = 2;

/**
 * A token bucket for the queries per second of one resolver; null has no limit. A brake lowers the speed for a while
 * below what it was. The clock is the caller's.
 */
export class RateLimit {
  readonly #perSecond: number | null;
  #perMs: number | null;
  #burst = 0;
  #tokens = 0;
  #filledAtMs: number;
  #spent = 0;
  #countedFromMs: number;
  #recentPerSecond = 0;
  #brakedFrom: number | null = null;
  #releaseAtMs = 0;

  constructor(perSecond: number | null, nowMs: number) {
    this.#perSecond = perSecond;
    this.#perMs = null;
    this.#filledAtMs = nowMs;
    this.#countedFromMs = nowMs;
    this.#limit(perSecond);
    this.#tokens = this.#burst;
  }

  get hasRoom(): boolean {
    return this.#perMs === null || this.#tokens >= 1;
  }

  /** Queries per second that may be sent now; null: no limit. */
  get perSecond(): number | null {
    return this.#perMs === null ? null : Math.round(this.#perMs * 1_000);
  }

  spend(): void {
    this.#spent += 1;
    if (this.#perMs !== null) this.#tokens -= 1;
  }

  refill(nowMs: number): void {
    if (nowMs - this.#countedFromMs >= 1_000) {
      this.#recentPerSecond = (this.#spent * 1_000) / (nowMs - this.#countedFromMs);
      this.#spent = 0;
      this.#countedFromMs = nowMs;
    }
    if (this.#brakedFrom !== null && nowMs >= this.#releaseAtMs) this.#release(nowMs);
    if (this.#perMs === null) return;
    this.#tokens = Math.min(this.#burst, this.#tokens + (nowMs - this.#filledAtMs) * this.#perMs);
    this.#filledAtMs = nowMs;
  }

  /** Slows down to a part of the speed of the last second; after a while of no further brakes it is let go of. */
  brake(nowMs: number): void {
    const now = Math.min(this.#recentPerSecond, this.perSecond ?? Number.POSITIVE_INFINITY);
    if (now < 1) return;
    this.#brakedFrom ??= now;
    this.#releaseAtMs = nowMs + RELEASE_EVERY_MS;
    this.#filledAtMs = nowMs;
    this.#limit(Math.max(1, now * BRAKE));
  }

  #release(nowMs: number): void {
    const next = (this.#perMs ?? 0) * 1_000 * RELEASE;
    this.#releaseAtMs = nowMs + RELEASE_EVERY_MS;
    if (
      next < (this.#brakedFrom ?? 0) * RELEASED_AT &&
      next < (this.#perSecond ?? Number.POSITIVE_INFINITY)
    ) {
      this.#limit(next);
      return;
    }
    this.#brakedFrom = null;
    this.#filledAtMs = nowMs;
    this.#limit(this.#perSecond);
  }

  #limit(perSecond: number | null): void {
    this.#perMs = perSecond === null ? null : perSecond / 1_000;
    this.#burst = perSecond === null ? 0 : Math.max(1, (perSecond * BURST_MS) / 1_000);
    this.#tokens = Math.min(this.#tokens, this.#burst);
  }
}
