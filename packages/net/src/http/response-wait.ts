import { watchFlood } from '../tls/flood-watch.ts';
import type { Link } from '../tls/open-link.ts';
import { afterReading } from './after-reading.ts';
import { BodyBuffer } from './body-buffer.ts';
import type { Cancellation } from './cancellation.ts';
import { FetchFailure } from './failure.ts';
import type { ResponseHead } from './response-head.ts';
import { TrickleWatch } from './trickle-watch.ts';
import type { VisitDeadline } from './visit-deadline.ts';

/** What came back on one connection. */
export interface RawResponse {
  readonly head: ResponseHead;
  /** Octets of the body as sent, chunked coding undone, content encodings not. Whoever has read them takes them out. */
  body: Buffer;
  /** The body was cut: by the wire cap, or by the peer. */
  readonly cut: boolean;
  readonly tls: Readonly<Record<string, unknown>> | null;
  /** From the request to the complete head, in milliseconds. */
  readonly firstByteMs: number;
  /** From the request to the end of the response, in milliseconds. */
  readonly elapsedMs: number;
  /** The connection is open still and may take another request. */
  readonly isReusable: boolean;
}

export interface ExchangeLimits {
  /** The body must be complete at its end. */
  readonly deadline: VisitDeadline;
  /** By when of the visit's time the head must be complete, in milliseconds. */
  readonly headAtMs: number;
  /** Body octets to read from the wire before the rest is given up. */
  readonly wireCapBytes: number;
  /** Says by the head how many octets of body are wanted; null: neither the body nor the certificate's facts. */
  readonly wantedBytes: (head: ResponseHead) => number | null;
  /** The connection is to be kept open where the response allows it. */
  readonly keep: boolean;
  /** A response that trickles more slowly is given up; 0: none is. */
  readonly minimumBytesPerSecond: number;
}

/** Who waits for a response: it, or a `FetchFailure`, or the reason of a cancellation. */
export interface Waiter {
  readonly resolve: (response: RawResponse) => void;
  readonly reject: (reason: unknown) => void;
}

export const NO_BODY = Buffer.alloc(0);
/** Pieces in which a head may come, and a body without counting its octets. */
const LEAST_ARRIVALS = 4_096;
/** Octets that a piece of a long body has on average at least: as many as fit the smallest packets in use. */
const LEAST_PIECE_BYTES = 512;

/** The wait for one response, whatever its protocol: ended by it, its limits or a cancellation, and once only. */
export abstract class ResponseWait {
  protected readonly link: Link;
  protected readonly limits: ExchangeLimits;
  protected head: ResponseHead | null = null;
  protected body: BodyBuffer | null = null;
  protected isSettled = false;
  private readonly cancellation: Cancellation;
  private readonly waiter: Waiter;
  private readonly trickle: TrickleWatch;
  private readonly startedMs = performance.now();
  private readonly onTimeout: () => void;
  private arrivals = 0;
  private mostArrivals = LEAST_ARRIVALS;
  private tls: RawResponse['tls'] = null;
  private firstByteMs = 0;
  private disarm: () => void;
  private readonly unwatch: (() => void) | null;

  constructor(link: Link, limits: ExchangeLimits, cancellation: Cancellation, waiter: Waiter) {
    this.link = link;
    this.limits = limits;
    this.cancellation = cancellation;
    this.waiter = waiter;
    this.trickle = new TrickleWatch(limits.minimumBytesPerSecond);
    this.onTimeout = () => {
      // A page that is all there is one, be it that its server never says so.
      if (this.body?.endsAsPage === true) return this.finish(true);
      const detail = this.head === null ? 'No response in time' : 'No complete body in time';
      this.fail(new FetchFailure('TIMEOUT', 'exchange', detail));
    };
    this.disarm = limits.deadline.at(limits.headAtMs, this.onTimeout);
    const { receivedBytes } = link;
    this.unwatch =
      receivedBytes === null
        ? null
        : watchFlood(receivedBytes, limits.wireCapBytes, () =>
            this.endFlood('Octets without end, and no response'),
          );
    cancellation.handler = (reason) => {
      if (this.settle(false)) waiter.reject(reason);
    };
  }

  /** Whether anything of a response has come before its head was complete. */
  protected abstract hasBegun(): boolean;
  /** Whether the connection could take another request, as far as the protocol says. */
  protected abstract isOpen(): boolean;
  protected abstract describe(error: unknown): FetchFailure;
  /** Gives the connection up, or leaves it to the next request. */
  protected abstract release(keep: boolean): void;

  /** Takes note of the head; gives how many octets of body are wanted, null where only the head is. */
  protected begin(head: ResponseHead): number | null {
    const { limits } = this;
    this.head = head;
    this.firstByteMs = performance.now() - this.startedMs;
    const wish = limits.wantedBytes(head);
    if (wish === null) return null;
    this.tls = this.link.tlsFacts();
    return Math.min(limits.wireCapBytes, wish);
  }

  /** The rest of the time is for a body of which so many octets are wanted; null: nobody says how many there are. */
  protected awaitBody(wantedBytes: number, expectedBytes: number | null): void {
    const { deadline, headAtMs } = this.limits;
    this.body = new BodyBuffer(wantedBytes, expectedBytes);
    this.mostArrivals = LEAST_ARRIVALS + Math.ceil(wantedBytes / LEAST_PIECE_BYTES);
    if (headAtMs === deadline.timeoutMs) return;
    this.disarm();
    this.disarm = deadline.at(deadline.timeoutMs, this.onTimeout);
  }

  /** Counts a piece of the response; false where these were too many, and the wait is over. */
  protected countArrival(): boolean {
    if (++this.arrivals <= this.mostArrivals) return true;
    this.endFlood('The response head comes in crumbs without end');
    return false;
  }

  /** Ends the wait where the response comes too slowly. */
  protected watchRate(bytes: number): void {
    const detail = this.trickle.push(bytes, this.limits.deadline.elapsedMs());
    if (detail !== null) this.fail(new FetchFailure('TIMEOUT', 'exchange', detail));
  }

  /** What comes in single octets without end, or carries nothing, costs more work than it is worth. */
  private endFlood(detail: string): void {
    if (this.head !== null) this.finish(true);
    else this.fail(new FetchFailure('ERROR', 'exchange', detail));
  }

  /** Ends the wait with what there is. `isWhole`: nothing more of it can come on the connection. */
  protected finish(cut: boolean, isWhole = !cut): void {
    const { head, body, tls, firstByteMs } = this;
    if (head === null) return;
    const isReusable = this.limits.keep && isWhole && !cut && this.isOpen();
    if (!this.settle(isReusable)) return;
    const elapsedMs = performance.now() - this.startedMs;
    const response = { head, body: body?.take() ?? NO_BODY, cut, tls, firstByteMs, elapsedMs, isReusable };
    afterReading(() => this.waiter.resolve(response));
  }

  protected fail(error: unknown): void {
    if (!this.settle(false)) return;
    const failure = this.describe(error);
    failure.afterHead = this.head !== null;
    failure.isUnanswered = this.head === null && !this.hasBegun();
    this.waiter.reject(failure);
  }

  private settle(keep: boolean): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    this.disarm();
    this.unwatch?.();
    this.cancellation.handler = null;
    this.release(keep);
    return true;
  }
}
