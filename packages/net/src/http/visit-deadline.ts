import { clearImmediate, setImmediate } from 'node:timers';
import type { Clock } from '@domainflow/domain/clock.ts';

/**
 * The time of one visit, which is the site's: while this process stands still it does not run on. What stalls grant
 * again is at most the visit's own time, so that a visit ends after twice its timeout in any case.
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
    const stalledMs = this.clock.stalledMs() - this.stalledBeforeMs;
    return this.clock.nowMs() - this.startedMs - this.grantedMs - Math.min(stalledMs, this.timeoutMs);
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
      timer = setTimeout(onTimer, Math.max(1, Math.ceil(atMs - this.elapsedMs())));
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
