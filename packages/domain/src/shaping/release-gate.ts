import type { Clock } from '../clock.ts';

/** A target of what is to start, with what it allows to all together. Whoever names the same key must mean the same limits. */
export interface Target<Kind extends string = string> {
  readonly key: string;
  readonly kind: Kind;
  /** Least time between two starts, in milliseconds; null: none. */
  readonly intervalMs: number | null;
  /** Starts that have not ended; null: any number. */
  readonly concurrency: number | null;
}

export interface GateOptions<Kind extends string> {
  readonly clock: Clock;
  /** The time until the next start of all; null: no rhythm is kept. */
  readonly pace: (() => number) | null;
  /** How far behind its rhythm it may fall and still catch up. */
  readonly catchUpMs: number;
  /** Whether anything may start now; asked again every half second where not. */
  readonly isOpen: () => boolean;
  /** Among how many such gates the targets' limits are shared, now: at least 1. */
  readonly sharedBy?: () => number;
  /** Told of each start that a target's limit held up, and for how long. */
  readonly onHeldUp: (kind: Kind, waitedMs: number) => void;
}

interface Waiting<Kind extends string> {
  readonly targets: readonly Target<Kind>[];
  readonly release: () => void;
  /** Keeps those that are due at once in the order in which they came. */
  readonly turn: number;
  dueMs: number;
  /** When a target first held it up, and which kind of target; null: none has. */
  heldUp: { readonly sinceMs: number; readonly kind: Kind } | null;
  isCancelled: boolean;
}

interface TargetState<Kind extends string> {
  readyAtMs: number;
  active: number;
  /** The next free place in the queue of those that wait for the rate. */
  placeAtMs: number;
  readonly parked: Waiting<Kind>[];
}

const CLOSED_CHECK_MS = 500;
const TARGETS_KEPT = 50_000;

/**
 * Lets starts through in their turn, by a common rhythm and the limits of their targets. One queue ordered by time and
 * one timer of the clock serve all that wait, however many they are.
 */
export class ReleaseGate<Kind extends string> {
  readonly #options: GateOptions<Kind>;
  readonly #queue: Waiting<Kind>[] = [];
  readonly #targets = new Map<string, TargetState<Kind>>();
  #turn = 0;
  #nextStartMs = 0;
  #isPumping = false;
  #timer: { readonly atMs: number; readonly end: () => void } | null = null;

  constructor(options: GateOptions<Kind>) {
    this.#options = options;
  }

  /** Calls `release` once, when it may start: maybe before this returns. The returned function takes it out again. */
  submit(targets: readonly Target<Kind>[], release: () => void): () => void {
    const dueMs = this.#options.clock.nowMs();
    const waiting: Waiting<Kind> = {
      targets,
      release,
      turn: this.#turn++,
      dueMs,
      heldUp: null,
      isCancelled: false,
    };
    this.#push(waiting);
    this.#pump();
    return () => {
      waiting.isCancelled = true;
    };
  }

  /** To be called for each start that has ended. It took `starts` of its targets' allowance, one of which is paid. */
  leave(targets: readonly Target<Kind>[], starts = 1): void {
    for (const { key, intervalMs, concurrency } of targets) {
      const state = this.#targets.get(key);
      if (state === undefined) continue;
      if (intervalMs !== null && starts > 1)
        state.readyAtMs =
          Math.max(state.readyAtMs, this.#options.clock.nowMs()) + (starts - 1) * intervalMs * this.#sharedBy;
      if (concurrency === null) continue;
      state.active -= 1;
    }
    this.#wake(targets);
    this.#pump();
  }

  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      for (let top = this.#queue[0]; top !== undefined; top = this.#queue[0]) {
        if (!top.isCancelled) {
          const nowMs = this.#options.clock.nowMs();
          const atMs = this.#startsAtMs(top, nowMs);
          if (atMs > nowMs) {
            this.#arm(atMs, nowMs);
            return;
          }
        }
        this.#pop();
        // What does not start after all leaves its place to the next.
        if (top.isCancelled || !this.#tryStart(top)) this.#wake(top.targets);
      }
    } finally {
      this.#isPumping = false;
    }
  }

  /** When the first of the queue is to be looked at. */
  #startsAtMs({ dueMs }: Waiting<Kind>, nowMs: number): number {
    if (dueMs > nowMs) return dueMs;
    if (this.#options.pace !== null && this.#nextStartMs > nowMs) return this.#nextStartMs;
    return this.#options.isOpen() ? nowMs : nowMs + CLOSED_CHECK_MS;
  }

  #tryStart(waiting: Waiting<Kind>): boolean {
    const { clock, pace, catchUpMs, onHeldUp } = this.#options;
    const nowMs = clock.nowMs();
    for (const target of waiting.targets) if (this.#holdsUp(target, waiting, nowMs)) return false;
    for (const { key, intervalMs, concurrency } of waiting.targets) {
      const state = this.#state(key, nowMs);
      if (intervalMs !== null) state.readyAtMs = nowMs + intervalMs * this.#sharedBy;
      if (concurrency !== null) state.active += 1;
    }
    if (pace !== null) this.#nextStartMs = Math.max(this.#nextStartMs, nowMs - catchUpMs) + pace();
    if (waiting.heldUp !== null) onHeldUp(waiting.heldUp.kind, nowMs - waiting.heldUp.sinceMs);
    waiting.release();
    return true;
  }

  /** Lets those that wait for room at these targets try, as many as there is room for. */
  #wake(targets: readonly Target<Kind>[]): void {
    for (const { key, concurrency } of targets) {
      const state = this.#targets.get(key);
      if (state === undefined || concurrency === null) continue;
      for (let room = this.#share(concurrency) - state.active; room > 0; room -= 1) {
        const next = state.parked.shift();
        if (next === undefined) break;
        this.#push(next);
      }
    }
  }

  /** Whether this target has no room now; what is to start is put where it waits for it. */
  #holdsUp(
    { key, kind, intervalMs, concurrency }: Target<Kind>,
    waiting: Waiting<Kind>,
    nowMs: number,
  ): boolean {
    const state = this.#targets.get(key);
    if (state === undefined) return false;
    const isFull = concurrency !== null && state.active >= this.#share(concurrency);
    const isEarly = intervalMs !== null && state.readyAtMs > nowMs;
    if (!isFull && !isEarly) return false;
    const isFirstTime = waiting.heldUp === null;
    waiting.heldUp ??= { sinceMs: nowMs, kind };
    if (isFull) {
      state.parked.push(waiting);
      return true;
    }
    // Each takes a place of its own in time, so that a long queue is not looked through at every start.
    waiting.dueMs = isFirstTime ? Math.max(state.readyAtMs, state.placeAtMs) : state.readyAtMs;
    if (isFirstTime) state.placeAtMs = waiting.dueMs + (intervalMs ?? 0) * this.#sharedBy;
    this.#push(waiting);
    return true;
  }

  /** Looked at with each start, as others come and go while starts wait. */
  get #sharedBy(): number {
    return Math.max(1, this.#options.sharedBy?.() ?? 1);
  }

  #share(concurrency: number): number {
    return Math.max(1, Math.floor(concurrency / this.#sharedBy));
  }

  #state(key: string, nowMs: number): TargetState<Kind> {
    const known = this.#targets.get(key);
    if (known !== undefined) return known;
    if (this.#targets.size >= TARGETS_KEPT) this.#forget(nowMs);
    const state = { readyAtMs: 0, active: 0, placeAtMs: 0, parked: [] };
    this.#targets.set(key, state);
    return state;
  }

  /** Drops targets that limit nothing any more; where all are in use, more are kept. */
  #forget(nowMs: number): void {
    for (const [key, { readyAtMs, active, parked }] of this.#targets)
      if (active === 0 && readyAtMs <= nowMs && parked.length === 0) this.#targets.delete(key);
  }

  #arm(atMs: number, nowMs: number): void {
    if (this.#timer !== null) {
      if (this.#timer.atMs <= atMs) return;
      this.#timer.end();
    }
    const end = this.#options.clock.every(Math.max(1, Math.ceil(atMs - nowMs)), () => {
      this.#timer?.end();
      this.#timer = null;
      this.#pump();
    });
    this.#timer = { atMs, end };
  }

  #isBefore(a: Waiting<Kind>, b: Waiting<Kind>): boolean {
    return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.turn < b.turn);
  }

  /** Into the heap, whose first is the next. */
  #push(waiting: Waiting<Kind>): void {
    const queue = this.#queue;
    let at = queue.push(waiting) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = queue[up] as Waiting<Kind>;
      if (!this.#isBefore(waiting, parent)) break;
      queue[at] = parent;
      queue[up] = waiting;
      at = up;
    }
  }

  /** Takes the first out of the heap. */
  #pop(): void {
    const queue = this.#queue;
    const last = queue.pop();
    if (last === undefined || queue.length === 0) return;
    let at = 0;
    for (;;) {
      let down = at * 2 + 1;
      if (down >= queue.length) break;
      const right = queue[down + 1];
      if (right !== undefined && this.#isBefore(right, queue[down] as Waiting<Kind>)) down += 1;
      const child = queue[down] as Waiting<Kind>;
      if (!this.#isBefore(child, last)) break;
      queue[at] = child;
      at = down;
    }
    queue[at] = last;
  }
}
