/** How much may go to one target. */
export interface TargetLimit {
  readonly concurrency: number;
  readonly requestsPerSecond: number | null;
}

/** One target of a request, such as an address, with the limit that holds for it. */
export interface LimitedTarget {
  readonly key: string;
  readonly limit: TargetLimit;
}

interface Target {
  active: number;
  /** When its rate lets the next request through. */
  readyAtMs: number;
  /** Nothing goes to it before: it asked for that. */
  pausedUntilMs: number;
  /** Different hosts behind it that asked for a pause of late. */
  complaints: Map<string, number> | null;
}

export type TargetEntry =
  | { readonly leave: () => void; readonly waitMs: null }
  /** Null where only a request that ends makes room. */
  | { readonly leave: null; readonly waitMs: number | null };

/** Hosts behind one address that must complain before the address as such is left alone: it may be a CDN's. */
const COMPLAINTS_OF_ADDRESS = 3;
const COMPLAINT_MS = 60_000;
const TARGETS_KEPT = 50_000;

/** Who is asked how much at present, for a whole process. Times are those of the clock that the caller has. */
export class TargetLimits {
  readonly #targets = new Map<string, Target>();

  get size(): number {
    return this.#targets.size;
  }

  /** Lets a request to all these targets begin, or says how long to wait at least. */
  enter(targets: readonly LimitedTarget[], nowMs: number): TargetEntry {
    let waitMs: number | null = 0;
    for (const { key, limit } of targets) {
      const known = this.#targets.get(key);
      if (known === undefined) continue;
      if (known.active >= limit.concurrency) waitMs = null;
      else if (waitMs !== null && limit.requestsPerSecond !== null)
        waitMs = Math.max(waitMs, known.readyAtMs - nowMs);
    }
    if (waitMs === null || waitMs > 0) return { leave: null, waitMs };
    const entered = targets.map(({ key, limit }) => {
      const target = this.#target(key, nowMs);
      target.active += 1;
      if (limit.requestsPerSecond !== null)
        target.readyAtMs = Math.max(target.readyAtMs, nowMs) + 1_000 / limit.requestsPerSecond;
      return target;
    });
    let isIn = true;
    return {
      waitMs: null,
      leave: () => {
        if (!isIn) return;
        isIn = false;
        for (let index = 0; index < entered.length; index++) {
          const target = entered[index] as Target;
          target.active -= 1;
          // Most are never asked for again, and there are as many as sites.
          if (
            target.active === 0 &&
            target.readyAtMs === 0 &&
            target.pausedUntilMs === 0 &&
            target.complaints === null
          )
            this.#targets.delete(targets[index]?.key ?? '');
        }
      },
    };
  }

  /** Whether this target alone would let a request through. */
  hasRoom({ key, limit }: LimitedTarget, nowMs: number): boolean {
    const known = this.#targets.get(key);
    if (known === undefined) return true;
    return known.active < limit.concurrency && (limit.requestsPerSecond === null || known.readyAtMs <= nowMs);
  }

  /** How long nothing may go to it because it asked for that; 0 where nothing is in the way. */
  pausedMs(key: string, nowMs: number): number {
    return Math.max(0, (this.#targets.get(key)?.pausedUntilMs ?? 0) - nowMs);
  }

  /** A host asked to be left alone for a while; its address is too, once several hosts behind it have asked. */
  pause(hostKey: string, addressKey: string | null, forMs: number, nowMs: number): void {
    const host = this.#target(hostKey, nowMs);
    host.pausedUntilMs = Math.max(host.pausedUntilMs, nowMs + forMs);
    if (addressKey === null) return;
    const address = this.#target(addressKey, nowMs);
    address.complaints ??= new Map();
    const { complaints } = address;
    for (const [key, atMs] of complaints) if (nowMs - atMs > COMPLAINT_MS) complaints.delete(key);
    complaints.set(hostKey, nowMs);
    if (complaints.size < COMPLAINTS_OF_ADDRESS) return;
    complaints.clear();
    address.pausedUntilMs = Math.max(address.pausedUntilMs, nowMs + forMs);
  }

  #target(key: string, nowMs: number): Target {
    const known = this.#targets.get(key);
    if (known !== undefined) return known;
    if (this.#targets.size >= TARGETS_KEPT) this.#forget(nowMs);
    const target: Target = { active: 0, readyAtMs: 0, pausedUntilMs: 0, complaints: null };
    this.#targets.set(key, target);
    return target;
  }

  /** Drops those that nothing is known of any more; where all are in use, more are kept. */
  #forget(nowMs: number): void {
    for (const [key, { active, readyAtMs, pausedUntilMs, complaints }] of this.#targets) {
      if (active > 0 || readyAtMs > nowMs || pausedUntilMs > nowMs) continue;
      if ([...(complaints?.values() ?? [])].some((atMs) => nowMs - atMs <= COMPLAINT_MS)) continue;
      this.#targets.delete(key);
    }
  }
}
