/** Fewest visits at once: also where a worker begins, so that it knows what connecting takes when nothing is in its way. */
export const FEWEST_VISITS = 8;
const MOST_VISITS = 2_000;
/** Share of a window that the process stood still, from which it has too much to do, and up to which it is calm. */
const OVERLOADED_SHARE = 0.25;
const CALM_SHARE = 0.1;
/** Connections whose median is compared with the best. */
const SAMPLES = 16;
/** Connecting has become slow: so many times its best, and by this share of the deadline; or this share in any case. */
const SLOWER_TIMES = 2;
const SLOWER_BY = 0.05;
const SLOW_IN_ANY_CASE = 0.3;
const BASELINE_DRIFT = 0.02;
const DECREASE = 0.7;
/** Visits that a round of as many visits as the limit adds, once the limit has been too high before. */
const ROUND_ADDS = 4;

/** What was seen of one window of time. */
export interface LoadWindow {
  readonly durationMs: number;
  /** How long the process was kept from its work in it. */
  readonly stalledMs: number;
  readonly inFlight: number;
}

/**
 * How many sites may be visited at once, by what this process and its network are seen to carry: lowered at once by a
 * share when the process stands still, when connecting takes longer than it must, or when sockets run out; raised with
 * each visit that ends while none of this is so. Half a visit more for each until it was too much for the first time.
 */
export class AdaptiveLimit {
  #limit = FEWEST_VISITS;
  #isSlowStart = true;
  #isStalled = false;
  #isSlow = false;
  #congestions = 0;
  #samples: number[] = [];
  #baseline: number | null = null;

  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Whether connections took too long when last looked at. */
  get isCongested(): boolean {
    return this.#isSlow;
  }

  /** How many times they did, or could not be made for want of sockets. */
  get congestions(): number {
    return this.#congestions;
  }

  seeWindow({ durationMs, stalledMs, inFlight }: LoadWindow): void {
    const share = durationMs <= 0 ? 0 : Math.min(1, stalledMs / durationMs);
    this.#isStalled = share > CALM_SHARE;
    if (share > OVERLOADED_SHARE) this.#lower(Math.max(0.5, Math.min(0.8, 1 - share)), inFlight);
  }

  /** A connection that took this share of its visit's deadline, be it in vain. */
  seeConnection(share: number, inFlight: number): void {
    this.#samples.push(share);
    if (this.#samples.length < SAMPLES) return;
    const median = this.#samples.sort((a, b) => a - b)[SAMPLES / 2] as number;
    this.#samples = [];
    const baseline = this.#baseline ?? median;
    this.#isSlow =
      median > SLOW_IN_ANY_CASE || (median > baseline * SLOWER_TIMES && median > baseline + SLOWER_BY);
    // The best that was seen, forgotten slowly: the next campaign's sites may be farther away.
    this.#baseline = Math.min(median, baseline + (median - baseline) * BASELINE_DRIFT);
    if (this.#isSlow) this.#congested(inFlight);
  }

  /** The system refused a socket. */
  seeLocalFailure(inFlight: number): void {
    this.#congested(inFlight);
  }

  /** A visit has ended; `inFlight` counts it too. */
  seeEnd(inFlight: number): void {
    // What nobody makes use of is not known to be carried.
    if (this.#isStalled || this.#isSlow || inFlight < this.#limit * 0.8) return;
    this.#limit = Math.min(MOST_VISITS, this.#limit + (this.#isSlowStart ? 0.5 : ROUND_ADDS / this.#limit));
  }

  #congested(inFlight: number): void {
    this.#congestions += 1;
    this.#lower(DECREASE, inFlight);
  }

  #lower(factor: number, inFlight: number): void {
    this.#isSlowStart = false;
    // While more is under way than the limit allows its last decrease has not had its effect yet.
    if (inFlight > this.#limit * 1.1) return;
    this.#limit = Math.max(FEWEST_VISITS, this.#limit * factor);
  }
}
