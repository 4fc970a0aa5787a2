/** One batch's way into the visits of this process. */
export interface Admission {
  /** A place for one visit, left by calling what it returns; null while there is none. */
  enter(): (() => void) | null;
  /** Calls `onRoom` when there may be a place after one was refused, until the returned function is called. */
  wait(onRoom: () => void): () => void;
}

interface Lane {
  onRoom: (() => void) | null;
}

/** Admits visits of all batches of a process up to one common limit; batches that wait take turns. */
export class VisitGate {
  readonly #limit: () => number;
  readonly #waiting = new Set<Lane>();
  readonly #byGroup = new Map<string, number>();
  #inFlight = 0;

  /** `limit` is asked at each visit; call `offer` when it has risen. */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Visits of the same group together are at most `most` at once. */
  admission(group: string, most: number): Admission {
    const lane: Lane = { onRoom: null };
    return {
      enter: () => {
        const inGroup = this.#byGroup.get(group) ?? 0;
        if (this.#inFlight >= this.#limit() || inGroup >= most) {
          if (lane.onRoom !== null) this.#waiting.add(lane);
          return null;
        }
        this.#inFlight += 1;
        this.#byGroup.set(group, inGroup + 1);
        let isIn = true;
        return () => {
          if (!isIn) return;
          isIn = false;
          this.#leave(group);
        };
      },
      wait: (onRoom) => {
        lane.onRoom = onRoom;
        return () => {
          lane.onRoom = null;
          this.#waiting.delete(lane);
        };
      },
    };
  }

  /** Lets those who wait in, in turn: who is refused again goes to the end. */
  offer(): void {
    for (let turns = this.#waiting.size; turns > 0 && this.#inFlight < this.#limit(); turns--) {
      const [lane] = this.#waiting;
      if (lane === undefined) return;
      this.#waiting.delete(lane);
      lane.onRoom?.();
    }
  }

  #leave(group: string): void {
    this.#inFlight -= 1;
    const left = (this.#byGroup.get(group) ?? 1) - 1;
    if (left === 0) this.#byGroup.delete(group);
    else this.#byGroup.set(group, left);
    this.offer();
  }
}
