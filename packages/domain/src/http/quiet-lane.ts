/** Second visits at once in one process, so few that they cannot stand in each other's way. */
const WIDTH = 8;
/** Those that wait long wait for sites that are slow indeed: these cost time, but no work, so that more may be open. */
const WAITING_PER_MORE = 4;
const WIDEST = 32;
/** Where the process stood still all the same, so few that each gets what little time there is. */
const NARROWEST = 2;

/**
 * Lets second visits of a process through, a few at a time, in the order in which they were asked for; half as many
 * whenever the process stood still during one of them.
 */
export class QuietLane {
  readonly #waiting = new Set<() => void>();
  #inFlight = 0;
  #width = WIDTH;

  /**
   * Resolves with what leaves the lane, to be told whether the process stood still meanwhile, once there is room;
   * rejects with the signal's reason when that aborts first.
   */
  enter(signal: AbortSignal): Promise<(stoodStill: boolean) => void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        this.#waiting.delete(admit);
        reject(signal.reason);
      };
      const admit = (): void => {
        signal.removeEventListener('abort', onAbort);
        this.#inFlight += 1;
        let isIn = true;
        resolve((stoodStill) => {
          if (!isIn) return;
          isIn = false;
          this.#inFlight -= 1;
          this.#width = stoodStill
            ? Math.max(NARROWEST, Math.floor(this.#width / 2))
            : Math.min(WIDTH, this.#width + 1);
          this.#offer();
        });
      };
      signal.addEventListener('abort', onAbort);
      this.#waiting.add(admit);
      this.#offer();
    });
  }

  #offer(): void {
    for (const admit of this.#waiting) {
      const more = this.#width < WIDTH ? 0 : Math.floor(this.#waiting.size / WAITING_PER_MORE);
      const width = Math.min(WIDEST, this.#width + more);
      if (this.#inFlight >= width) return;
      this.#waiting.delete(admit);
      admit();
    }
  }
}
