import { RecentLatency } from './recent-latency.ts';

/**
 * After so many times what visits mostly take at present, after this time at least and this share of its deadline at
 * most, a visit waits for a slow site, rather than that it keeps this process busy.
 */
const SLOWER_TIMES = 4;
const LEAST_ACTIVE_MS = 250;
const ACTIVE_SHARE = 0.25;

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

interface Visit {
  readonly enteredMs: number;
  readonly timeoutMs: number;
}

/**
 * Admits visits of all batches of a process up to one common limit; batches that wait take turns. Visits count towards
 * it while they are active: sites that keep their visitors waiting must not take the places of those that answer.
 */
export class VisitGate {
  readonly #limit: () => number;
  readonly #timeMs: () => number;
  readonly #waiting = new Set<Lane>();
  /** Of each group all visits, active or not. */
  readonly #byGroup = new Map<string, number>();
  readonly #active = new Set<Visit>();
  readonly #durations = new RecentLatency();

  /** `limit` and `timeMs` are asked at each visit. */
  constructor(limit: () => number, timeMs: () => number) {
    this.#limit = limit;
    this.#timeMs = timeMs;
  }

  /** Visits that are active. */
  get active(): number {
    return this.#active.size;
  }

  /** Visits of the same group, active or not, are at most `most` at once. */
  admission(group: string, most: number, timeoutMs: number): Admission {
    const lane: Lane = { onRoom: null };
    return {
      enter: () => {
        const inGroup = this.#byGroup.get(group) ?? 0;
        if (this.#active.size >= this.#limit() || inGroup >= most) {
          if (lane.onRoom !== null) this.#waiting.add(lane);
          return null;
        }
        const visit = { enteredMs: this.#timeMs(), timeoutMs };
        this.#active.add(visit);
        this.#byGroup.set(group, inGroup + 1);
        let isIn = true;
        return () => {
          if (!isIn) return;
          isIn = false;
          this.#leave(group, visit);
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

  /** To be called now and then: finds out which visits are no longer active, and whether the limit has risen. */
  refresh(): void {
    const nowMs = this.#timeMs();
    const mostlyMs = this.#durations.percentiles()?.p50Ms ?? Number.POSITIVE_INFINITY;
    const slowMs = Math.max(LEAST_ACTIVE_MS, mostlyMs * SLOWER_TIMES);
    for (const visit of this.#active) {
      const { enteredMs, timeoutMs } = visit;
      if (nowMs - enteredMs >= Math.min(slowMs, timeoutMs * ACTIVE_SHARE)) this.#active.delete(visit);
    }
    this.#offer();
  }

  /** Lets those who wait in, in turn: who is refused again goes to the end. */
  #offer(): void {
    for (let turns = this.#waiting.size; turns > 0 && this.#active.size < this.#limit(); turns--) {
      const [lane] = this.#waiting;
      if (lane === undefined) return;
      this.#waiting.delete(lane);
      lane.onRoom?.();
    }
  }

  #leave(group: string, visit: Visit): void {
    this.#active.delete(visit);
    this.#durations.add(this.#timeMs() - visit.enteredMs);
    const left = (this.#byGroup.get(group) ?? 1) - 1;
    if (left === 0) this.#byGroup.delete(group);
    else this.#byGroup.set(group, left);
    this.#offer();
  }
}
