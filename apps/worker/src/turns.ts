/** Lets so many pieces of work run at once; others wait, in the order of their coming. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(places: number) {
    this.#free = places;
  }

  /**
   * Resolves when there is a place, or without one when `signal` aborts. What it gives frees the place, at the first
   * call.
   */
  async take(signal: AbortSignal): Promise<() => void> {
    let hasPlace = !signal.aborted && this.#free > 0;
    if (hasPlace) this.#free--;
    else if (!signal.aborted) hasPlace = await this.#turn(signal);
    return () => {
      if (!hasPlace) return;
      hasPlace = false;
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    };
  }

  /** True: a place was handed over; false: the signal came first. */
  #turn(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(grant), 1);
        resolve(false);
      };
      const grant = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      };
      this.#waiting.push(grant);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }
}
