import type { Clock } from '../../clock.ts';

interface Alarm {
  atMs: number;
  readonly intervalMs: number | null;
  readonly ring: () => void;
}

/** A clock that stands still but when it is run. */
export class TestClock implements Clock {
  #nowMs = 0;
  readonly #alarms = new Set<Alarm>();

  nowMs(): number {
    return this.#nowMs;
  }

  stalledMs(): number {
    return 0;
  }

  every(intervalMs: number, ring: () => void): () => void {
    const alarm: Alarm = { atMs: this.#nowMs + intervalMs, intervalMs, ring };
    this.#alarms.add(alarm);
    return () => {
      this.#alarms.delete(alarm);
    };
  }

  after(delayMs: number, ring: () => void): void {
    this.#alarms.add({ atMs: this.#nowMs + delayMs, intervalMs: null, ring });
  }

  /** Lets time pass, and rings what is due, in order. */
  run(durationMs: number): void {
    const endMs = this.#nowMs + durationMs;
    for (;;) {
      let next: Alarm | null = null;
      for (const alarm of this.#alarms) if (next === null || alarm.atMs < next.atMs) next = alarm;
      if (next === null || next.atMs > endMs) break;
      this.#nowMs = next.atMs;
      if (next.intervalMs === null) this.#alarms.delete(next);
      else next.atMs += next.intervalMs;
      next.ring();
    }
    this.#nowMs = endMs;
  }
}
