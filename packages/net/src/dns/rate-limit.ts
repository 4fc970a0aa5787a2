/** How much unused allowance may be saved up. */
const BURST_MS = 50;
/** A brake takes this part of the speed, and lets go of it step by step. */
const BRAKE = 0.7;
const RELEASE_EVERY_MS = 10_000;
const RELEASE = 1.25;
const RELEASED_AT = 2;

/**
 * A token bucket for the queries per second of one resolver; null has no limit. A brake lowers the speed for a while
 * below what it was, a cap until it is taken away. The clock is the caller's.
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
  #braked: number | null = null;
  #brakedFrom = 0;
  #releaseAtMs = 0;
  #capped: number | null = null;

  constructor(perSecond: number | null, nowMs: number) {
    this.#perSecond = perSecond;
    this.#perMs = null;
    this.#filledAtMs = nowMs;
    this.#countedFromMs = nowMs;
    this.#apply(nowMs);
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
    if (this.#braked !== null && nowMs >= this.#releaseAtMs) this.#release(this.#braked, nowMs);
    if (this.#perMs === null) return;
    this.#tokens = Math.min(this.#burst, this.#tokens + (nowMs - this.#filledAtMs) * this.#perMs);
    this.#filledAtMs = nowMs;
  }

  /** Slows down to a part of the speed of the last second; after a while of no further brakes it is let go of. */
  brake(nowMs: number): void {
    const now = Math.min(this.#recentPerSecond, this.perSecond ?? Number.POSITIVE_INFINITY);
    if (now < 1) return;
    if (this.#braked === null) this.#brakedFrom = now;
    this.#braked = Math.max(1, now * BRAKE);
    this.#releaseAtMs = nowMs + RELEASE_EVERY_MS;
    this.#apply(nowMs);
  }

  /** Not faster than this until told otherwise; null: as fast as before. */
  cap(perSecond: number | null, nowMs: number): void {
    if (perSecond === this.#capped) return;
    this.#capped = perSecond;
    this.#apply(nowMs);
  }

  #release(braked: number, nowMs: number): void {
    const next = braked * RELEASE;
    const isOver =
      next >= this.#brakedFrom * RELEASED_AT || next >= (this.#perSecond ?? Number.POSITIVE_INFINITY);
    this.#braked = isOver ? null : next;
    this.#releaseAtMs = nowMs + RELEASE_EVERY_MS;
    this.#apply(nowMs);
  }

  /** What the limit is from now on; a new one is not credited for the time before. */
  #apply(nowMs: number): void {
    this.#filledAtMs = nowMs;
    const limits = [this.#perSecond, this.#braked, this.#capped].filter((limit) => limit !== null);
    const perSecond = limits.length === 0 ? null : Math.min(...limits);
    this.#perMs = perSecond === null ? null : perSecond / 1_000;
    this.#burst = perSecond === null ? 0 : Math.max(1, (perSecond * BURST_MS) / 1_000);
    this.#tokens = Math.min(this.#tokens, this.#burst);
  }
}
