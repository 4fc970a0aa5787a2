import type { VisitDeadline } from './visit-deadline.ts';

/** The one place through which a visit's running step is told that it is no longer wanted. */
export class Cancellation {
  /** Set by the running step: releases what it holds and rejects with the reason. */
  handler: ((reason: unknown) => void) | null = null;
  private reason: unknown = null;
  private cancelled = false;

  cancel(reason: unknown): void {
    if (this.cancelled) return;
    this.cancelled = true;
    this.reason = reason;
    this.handler?.(reason);
  }

  throwIfCancelled(): void {
    if (this.cancelled) throw this.reason;
  }

  /** The promise's result, unless a moment of the visit or the cancellation comes first. */
  race<T>(promise: Promise<T>, deadline: VisitDeadline, atMs: number, onTimeout: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const disarm = deadline.at(atMs, () => done(reject, onTimeout()));
      const done = <V>(settle: (value: V) => void, value: V): void => {
        disarm();
        this.handler = null;
        settle(value);
      };
      this.handler = (reason) => done(reject, reason);
      promise.then(
        (value) => done(resolve, value),
        (error: unknown) => done(reject, error),
      );
    });
  }
}
