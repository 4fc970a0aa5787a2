const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5_000;
/** So many queries in a row met with silence, nothing else having come either: the connection is dead. */
const DEAD_AFTER = 3;
/** Sent over a new connection until its first reply, where the one before was of no use: what is sent may be lost. */
const TRIED_FIRST = 4;
/** What is under way on one connection at most. */
const MOST_OUTSTANDING = 1_000;
/** Losses that are forgiven before the first reply, which may come right behind them: what a connection begins with. */
const FIRST_CREDIT = 100;

/**
 * When a connection may be opened again, and how much may be under way on it. Servers close connections after some
 * queries or some time (RFC 7766, 6.2.3): one that did so with queries open gets fewer at once, until replies come again.
 */
export class ConnectionPause {
  #pauseMs = 0;
  #untilMs = 0;
  #allowed = MOST_OUTSTANDING;
  #replies = 0;
  #silent = 0;
  #credit = FIRST_CREDIT;

  get isOver(): boolean {
    return this.#pauseMs === 0 || performance.now() >= this.#untilMs;
  }

  get allowed(): number {
    return this.#pauseMs === 0 ? this.#allowed : Math.min(TRIED_FIRST, this.#allowed);
  }

  /** A query's time is over and nothing came since it was sent. Gives whether the connection is to be given up. */
  isDeadAfterSilence(): boolean {
    this.#silent += 1;
    return this.#silent >= DEAD_AFTER;
  }

  replied(): void {
    this.#silent = 0;
    this.#replies += 1;
    this.#credit = Math.min(MOST_OUTSTANDING, this.#credit + 1);
    this.#pauseMs = 0;
    if (this.#allowed < MOST_OUTSTANDING) this.#allowed += 1;
  }

  /**
   * A query was lost because the server took leave. Gives whether it may be sent again as if it had not been: once for
   * each reply that came, so that a server which always takes leave is not asked for ever.
   */
  forgives(): boolean {
    if (this.#credit === 0) return false;
    this.#credit -= 1;
    return true;
  }

  /** The connection has ended with so many queries open. Gives whether it had been of use. */
  ended(outstanding: number): boolean {
    const wasUseful = this.#replies > 0;
    if (outstanding > 0 && wasUseful)
      this.#allowed = Math.max(1, Math.min(this.#replies, this.#allowed >> 1));
    if (!wasUseful) {
      this.#pauseMs = Math.min(MAX_PAUSE_MS, Math.max(FIRST_PAUSE_MS, this.#pauseMs * 2));
      this.#untilMs = performance.now() + this.#pauseMs;
    }
    this.#replies = 0;
    this.#silent = 0;
    return wasUseful;
  }
}
