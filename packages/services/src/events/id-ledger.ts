/** Ids that were given out but have not been seen: of transactions still open, or rolled back. */
interface Gap {
  readonly lo: number;
  readonly hi: number;
  /** Every transaction that could still fill the gap has a lower id than this; null until asked for. */
  readonly bound: bigint | null;
}

/**
 * Which event ids have been delivered. Ids are given out in order but become visible in the order of commits, so that
 * a reader which only remembers the highest one skips those that commit late. This one remembers the gaps below the
 * highest, and closes a gap when its event shows up or when every transaction that could own it has ended.
 *
 * How that end is known: a transaction has its own id (xid) before it draws an event id, because `append_event` locks
 * the stream's row first. An xid drawn *after* the gap was noticed is therefore higher than that of whoever owns the
 * gap, and once the oldest running transaction (`pg_snapshot_xmin`) has passed it, the owner has ended; if its event
 * is not visible in that same snapshot, it never will be. (`pg_snapshot_xmax` is no such bound: it is one past the
 * highest *ended* xid, and the owner of a gap may be a running transaction beyond it.)
 */
export class IdLedger {
  #highest: number;
  #gaps: Gap[];

  constructor(highest = 0, gaps: readonly { lo: number; hi: number }[] = []) {
    this.#highest = highest;
    this.#gaps = gaps.map(({ lo, hi }) => ({ lo, hi, bound: null }));
  }

  /** The highest id delivered. */
  get highest(): number {
    return this.#highest;
  }

  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  /** All ids up to this one are delivered or will never exist: where a reader may resume. */
  get safeId(): number {
    const first = this.#gaps[0];
    return first === undefined ? this.#highest : first.lo - 1;
  }

  /** Notes an id as delivered; false when it was before. */
  deliver(id: number): boolean {
    if (id > this.#highest) {
      if (id > this.#highest + 1) this.#gaps.push({ lo: this.#highest + 1, hi: id - 1, bound: null });
      this.#highest = id;
      return true;
    }
    const index = this.#gaps.findIndex((gap) => gap.lo <= id && id <= gap.hi);
    const gap = this.#gaps[index];
    if (gap === undefined) return false;
    const rest = [
      { ...gap, hi: id - 1 },
      { ...gap, lo: id + 1 },
    ].filter(({ lo, hi }) => lo <= hi);
    this.#gaps.splice(index, 1, ...rest);
    return true;
  }

  /** True while there are gaps that have no bound yet. */
  get needsBound(): boolean {
    return this.#gaps.some((gap) => gap.bound === null);
  }

  /** Sets the bound of all gaps that have none: an xid drawn after they were noticed. */
  setBound(bound: bigint): void {
    this.#gaps = this.#gaps.map((gap) => (gap.bound === null ? { ...gap, bound } : gap));
  }

  /**
   * Gives up the gaps whose owners have all ended. `oldestRunning` is the `pg_snapshot_xmin` of the snapshot whose
   * events have just been delivered.
   */
  abandon(oldestRunning: bigint): void {
    this.#gaps = this.#gaps.filter((gap) => gap.bound === null || oldestRunning < gap.bound);
  }
}
