/** Second visits at once in one process, so few that they cannot stand in each other's way. */
const WIDTH = 8;
/** Those that wait long wait for sites that are slow indeed: these cost time, but no work, so that more may be open. */
const WAITING_PER_MORE = 4;
const WIDEST = 32;

/** Lets second visits of a process through, a few at a time, in the order in which they were asked for. */
export class QuietLane {
  readonly #waiting = new Set<() => void>();
  #inFlight = 0;

  /** Resolves with what leaves the lane, once there is room; rejects with the signal's reason when that aborts first. */
  enter(signal: AbortSignal): Promise<() => void> {
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
        resolve(() => {
          if (!isIn) return;
          isIn = false;
          this.#inFlight -= 1;
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
      const width = Math.min(WIDEST, WIDTH + Math.floor(this.#waiting.size / WAITING_PER_MORE));
      if (this.#inFlight >= width) return;
      this.#waiting.delete(admit);
      admit();
    }
  }
}
