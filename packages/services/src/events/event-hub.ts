import type { Actor } from '../operation/operation.ts';
import type { DeliveredEvent } from './delivered-event.ts';

/** Events that a subscriber may be behind; one that is further behind is better off with a snapshot. */
const QUEUE_LIMIT = 256;

/** An event with the ledger's safe id as it stood just after it. */
export interface Queued {
  readonly event: DeliveredEvent;
  readonly safeId: number;
}

export type Taken =
  | { readonly kind: 'event'; readonly queued: Queued }
  /** The queue ran over: everything up to and including `last` was dropped. */
  | { readonly kind: 'overflow'; readonly last: Queued };

/** One follower's queue. */
export class Subscription {
  readonly #viewer: Pick<Actor, 'userId' | 'role'>;
  readonly #leave: () => void;
  #queue: Queued[] = [];
  #dropped: Queued | null = null;
  #closed = false;
  #wake: (() => void) | null = null;

  constructor(viewer: Pick<Actor, 'userId' | 'role'>, leave: () => void) {
    this.#viewer = viewer;
    this.#leave = leave;
  }

  push(queued: Queued): void {
    if (this.#closed || !this.#maySee(queued.event)) return;
    if (this.#queue.length >= QUEUE_LIMIT) {
      this.#queue = [];
      this.#dropped = queued;
    } else {
      this.#queue.push(queued);
    }
    this.#wake?.();
  }

  /** The next thing to tell, waiting for it; null when the subscription is closed. */
  async take(): Promise<Taken | null> {
    while (!this.#closed) {
      if (this.#dropped !== null) {
        const last = this.#dropped;
        this.#dropped = null;
        return { kind: 'overflow', last };
      }
      const queued = this.#queue.shift();
      if (queued !== undefined) return { kind: 'event', queued };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
    return null;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue = [];
    this.#leave();
    this.#wake?.();
  }

  #maySee(event: DeliveredEvent): boolean {
    return this.#viewer.role === 'admin' || event.ownerId === null || event.ownerId === this.#viewer.userId;
  }
}

/** Hands each event to those who follow its stream, and to those who follow all. */
export class EventHub {
  readonly #byStream = new Map<string, Set<Subscription>>();
  readonly #all = new Set<Subscription>();
  #closed = false;

  get connections(): { campaign: number; all: number } {
    let campaign = 0;
    for (const followers of this.#byStream.values()) campaign += followers.size;
    return { campaign, all: this.#all.size };
  }

  publish(event: DeliveredEvent, safeId: number): void {
    const queued = { event, safeId };
    for (const follower of this.#byStream.get(event.event.stream) ?? []) follower.push(queued);
    for (const follower of this.#all) follower.push(queued);
  }

  /** Follows one stream, or all with null. */
  subscribe(viewer: Pick<Actor, 'userId' | 'role'>, stream: string | null): Subscription {
    const followers = stream === null ? this.#all : (this.#byStream.get(stream) ?? new Set());
    if (stream !== null) this.#byStream.set(stream, followers);
    const subscription: Subscription = new Subscription(viewer, () => {
      followers.delete(subscription);
      if (stream !== null && followers.size === 0) this.#byStream.delete(stream);
    });
    followers.add(subscription);
    if (this.#closed) subscription.close();
    return subscription;
  }

  /** Ends every subscription, and those to come. */
  close(): void {
    this.#closed = true;
    for (const follower of [...this.#all, ...[...this.#byStream.values()].flatMap((set) => [...set])])
      follower.close();
  }
}
