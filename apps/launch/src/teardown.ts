const TOTAL_TIMEOUT_MS = 20_000;
/** However long the parts before took, the database gets this much to write its checkpoint. */
const MIN_SHARE_MS = 2_000;

/** The order of stopping: who takes requests first, who everybody needs last. */
const order = ['api', 'workers', 'lab', 'postgres'] as const;
type Group = (typeof order)[number];

/** What has been started and must be stopped, in whichever order it was started. */
export class Teardown {
  readonly #groups = new Map<Group, ((timeoutMs: number) => Promise<void>)[]>();
  readonly #afterwards: (() => Promise<void>)[] = [];
  #running: Promise<void> | undefined;

  /** Registers something to stop with its group. */
  stop(group: Group, stopPart: (timeoutMs: number) => Promise<void>): void {
    this.#groups.set(group, [...(this.#groups.get(group) ?? []), stopPart]);
  }

  /** Registers something to close when all parts have ended. */
  afterwards(close: () => Promise<void>): void {
    this.#afterwards.push(close);
  }

  /** Stops everything, once; a second call waits for the first. */
  run(): Promise<void> {
    this.#running ??= this.#stopAll();
    return this.#running;
  }

  async #stopAll(): Promise<void> {
    const deadline = performance.now() + TOTAL_TIMEOUT_MS;
    for (const group of order) {
      const leftMs = Math.max(deadline - performance.now() - MIN_SHARE_MS, MIN_SHARE_MS);
      await Promise.allSettled((this.#groups.get(group) ?? []).map((stop) => stop(leftMs)));
    }
    await Promise.allSettled(this.#afterwards.map((close) => close()));
  }
}
