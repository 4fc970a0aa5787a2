import { setTimeout as pause } from 'node:timers/promises';

/** Requests at once at one server; registries count them. */
const AT_ONCE = 4;

/** The turns at one RDAP server: few requests at once, and none while it has asked to wait. */
export class ServerTurns {
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #quietUntilMs = 0;

  /** Runs `work` when it is its turn. Rejects when `signal` aborts before that. */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    while (this.#underWay >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#underWay += 1;
    try {
      signal.throwIfAborted();
      for (let left = this.#left(); left > 0; left = this.#left()) await pause(left, undefined, { signal });
      return await work();
    } finally {
      this.#underWay -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** The server asked to be left alone for so long. */
  quiet(durationMs: number): void {
    this.#quietUntilMs = Math.max(this.#quietUntilMs, performance.now() + durationMs);
  }

  #left(): number {
    return this.#quietUntilMs - performance.now();
  }
}
