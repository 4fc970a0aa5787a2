import { clearInterval, setInterval } from 'node:timers';
import type { Clock } from '@domainflow/domain/clock.ts';

const TICK_MS = 50;
/** Lateness that is in the nature of timers and of the turns of a busy process; it is not counted. */
const TOLERANCE_MS = 25;

/** The clock of this process, which ticks to notice when it stands still. One serves all engines. */
export function createProcessClock(): Clock {
  let stalled = 0;
  let tickedMs = performance.now();
  const lateAt = (nowMs: number): number => {
    const lateMs = nowMs - tickedMs - TICK_MS;
    return lateMs > TOLERANCE_MS ? lateMs : 0;
  };
  const ticker = setInterval(() => {
    const nowMs = performance.now();
    stalled += lateAt(nowMs);
    tickedMs = nowMs;
  }, TICK_MS);
  ticker.unref();
  return {
    nowMs: () => performance.now(),
    // A stall counts while it lasts: whoever asks right after it comes before the tick that is late.
    stalledMs: () => stalled + lateAt(performance.now()),
    every(intervalMs, tick) {
      const timer = setInterval(tick, intervalMs);
      return () => clearInterval(timer);
    },
  };
}
