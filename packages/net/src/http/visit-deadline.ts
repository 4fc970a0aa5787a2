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
   * disarms it.
   */
  at(atMs: number, onTimeout: () => void): () => void {
    let timer: ReturnType<typeof setTimeout>;
    let last: ReturnType<typeof setImmediate> | null = null;
    const isOver = (): boolean => this.elapsedMs() >= atMs;
    const arm = (): void => {
      const leftMs = Math.max(1, Math.ceil(atMs - this.elapsedMs()));
      timer = setTimeout(onTimer, leftMs < LONG_WAIT_MS ? leftMs : Math.ceil(leftMs / GRID_MS) * GRID_MS);
    };
    // A turn of the event loop lies between timers and immediates, in which it reads what has come.
    const onTimer = (): void => {
      if (isOver()) last = setImmediate(() => (isOver() ? onTimeout() : arm()));
      else arm();
    };
    arm();
    return () => {
      clearTimeout(timer);
      if (last !== null) clearImmediate(last);
    };
  }
}
