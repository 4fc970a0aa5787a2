import { clearImmediate, setImmediate } from 'node:timers';
import type { Clock } from '@domainflow/domain/clock.ts';

/** Short stalls of a process that mostly works grant no more than this in all: with it a visit ends within a second. */
const BUSY_GRANT_MS = 750;
/** Share of a visit's time for which a process stood still that did not work on it. */
const STOOD_STILL_SHARE = 0.25;
/** Timers of long waits strike on a grid, so that those of many visits share the runtime's lists. */
const LONG_WAIT_MS = 1_000;
const GRID_MS = 20;

/**
 * The time of one visit, which is the site's: while this process stands still it does not run on. What stalls grant
 * again is at most the visit's own time, so that a visit ends after twice its timeout in any case; and where the
 * process worked for most of the time, so little that it ends a second after its timeout.
 */
export class VisitDeadline {
  readonly timeoutMs: number;
  private readonly clock: Clock;
  private readonly startedMs: number;
  private readonly stalledBeforeMs: number;
  private grantedMs = 0;
  private waiting: { readonly atMs: number; readonly onTimeout: () => void } | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** The moment of the visit's time for which the timer was set. */
  private timerAtMs = 0;
  private last: ReturnType<typeof setImmediate> | null = null;

  constructor(clock: Clock, timeoutMs: number) {
    this.clock = clock;
    this.timeoutMs = timeoutMs;
    this.startedMs = clock.nowMs();
    this.stalledBeforeMs = clock.stalledMs();
  }

  /** Time of the visit that has passed, in milliseconds. */
  elapsedMs(): number {
    const sinceMs = this.clock.nowMs() - this.startedMs;
    const stalledMs = this.clock.stalledMs() - this.stalledBeforeMs;
    const stoodStill = stalledMs > sinceMs * STOOD_STILL_SHARE;
    const most = stoodStill ? this.timeoutMs : Math.min(this.timeoutMs, BUSY_GRANT_MS);
    return sinceMs - this.grantedMs - Math.min(stalledMs, most);
  }

  /** Gives time back that the visit spent on waiting for its turn. */
  grant(waitedMs: number): void {
    this.grantedMs += waitedMs;
  }

  leftMs(): number {
    return this.timeoutMs - this.elapsedMs();
  }

  /**
   * Calls `onTimeout` once the visit has lasted `atMs`, after whatever has arrived by then has been read; returns what
   * disarms it. One step of a visit waits at a time: the next one takes the place of the one before.
   */
  at(atMs: number, onTimeout: () => void): () => void {
    const waiting = { atMs, onTimeout };
    this.waiting = waiting;
    // The timer of the step before serves this one too, where it does not strike too late.
    if (this.timer === null || this.timerAtMs > atMs) this.arm(atMs);
    return () => {
      if (this.waiting === waiting) this.waiting = null;
    };
  }

  /** Ends the visit: nothing strikes any more. */
  end(): void {
    this.waiting = null;
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.last !== null) clearImmediate(this.last);
    this.timer = null;
    this.last = null;
  }

  private arm(atMs: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    const leftMs = Math.max(1, Math.ceil(atMs - this.elapsedMs()));
    const delayMs = leftMs < LONG_WAIT_MS ? leftMs : Math.ceil(leftMs / GRID_MS) * GRID_MS;
    this.timerAtMs = atMs;
    this.timer = setTimeout(() => {
      this.timer = null;
      if (this.waiting === null) return;
      // A turn of the event loop lies between timers and immediates, in which it reads what has come.
      if (this.elapsedMs() < this.waiting.atMs) this.arm(this.waiting.atMs);
      else this.last ??= setImmediate(() => this.strike());
    }, delayMs);
  }

  private strike(): void {
    this.last = null;
    const { waiting } = this;
    if (waiting === null) return;
    if (this.elapsedMs() < waiting.atMs) {
      if (this.timer === null || this.timerAtMs > waiting.atMs) this.arm(waiting.atMs);
      return;
    }
    this.waiting = null;
    waiting.onTimeout();
  }
}
