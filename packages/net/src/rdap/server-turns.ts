/** Requests at once at one server; registries count them. */
const AT_ONCE = 4;

/** The turns at one RDAP server: few requests at once. */
export class ServerTurns {
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  /** Runs `work` when it is its turn. Rejects when `signal` has aborted by then. */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    while (this.#underWay >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#underWay += 1;
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      this.#underWay -= 1;
      this.#waiting.shift()?.();
    }
  }
}
