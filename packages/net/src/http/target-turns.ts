import type { Clock } from '@domainflow/domain/clock.ts';
import { type LimitedTarget, TargetLimits } from '@domainflow/domain/http/target-limits.ts';
import type { Cancellation } from './cancellation.ts';

interface Waiter {
  readonly targets: readonly LimitedTarget[];
  readonly admit: (leave: () => void) => void;
  timer: ReturnType<typeof setTimeout> | null;
}

/** Turns at the targets of all visits of a process, in the order in which they were asked for. */
export class TargetTurns {
  readonly limits = new TargetLimits();
  private readonly clock: Clock;
  /** By target, those that wait for it. */
  private readonly waiting = new Map<string, Set<Waiter>>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Resolves with what leaves the targets, once there is room at all of them; null where there is none at once. */
  tryEnter(targets: readonly LimitedTarget[]): (() => void) | null {
    if (this.waiting.size > 0 && targets.some(({ key }) => this.waiting.has(key))) return null;
    const entry = this.limits.enter(targets, this.clock.nowMs());
    return entry.leave === null ? null : this.leaver(targets, entry.leave);
  }

  /** Waits for room; rejects with the reason of a cancellation. */
  enter(targets: readonly LimitedTarget[], cancellation: Cancellation): Promise<() => void> {
    return new Promise((resolve, reject) => {
      cancellation.throwIfCancelled();
      const waiter: Waiter = {
        targets,
        timer: null,
        admit: (leave) => {
          cancellation.handler = null;
          resolve(leave);
        },
      };
      for (const { key } of targets) {
        const line = this.waiting.get(key) ?? new Set();
        this.waiting.set(key, line.add(waiter));
      }
      cancellation.handler = (reason) => {
        this.forget(waiter);
        this.offer(targets);
        reject(reason);
      };
      this.offer(targets);
    });
  }

  private leaver(targets: readonly LimitedTarget[], leave: () => void): () => void {
    return () => {
      leave();
      if (this.waiting.size > 0) this.offer(targets);
    };
  }

  /** Lets in those that wait for any of these targets, as far as there is room. */
  private offer(targets: readonly LimitedTarget[]): void {
    for (const { key } of targets) {
      for (const waiter of this.waiting.get(key) ?? []) {
        const entry = this.limits.enter(waiter.targets, this.clock.nowMs());
        if (entry.leave !== null) {
          this.forget(waiter);
          waiter.admit(this.leaver(waiter.targets, entry.leave));
          continue;
        }
        if (entry.waitMs !== null && waiter.timer === null) {
          waiter.timer = setTimeout(
            () => {
              waiter.timer = null;
              this.offer(waiter.targets);
            },
            Math.max(1, Math.ceil(entry.waitMs)),
          );
        }
        // Nobody further back in this line gets in before somebody leaves it.
        const own = waiter.targets.find((target) => target.key === key);
        if (own !== undefined && !this.limits.hasRoom(own, this.clock.nowMs())) break;
      }
    }
  }

  private forget(waiter: Waiter): void {
    if (waiter.timer !== null) clearTimeout(waiter.timer);
    for (const { key } of waiter.targets) {
      const line = this.waiting.get(key);
      line?.delete(waiter);
      if (line?.size === 0) this.waiting.delete(key);
    }
  }
}
