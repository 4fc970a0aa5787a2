import { watchFlood } from '../tls/flood-watch.ts';
import type { Link, LinkListener } from '../tls/open-link.ts';
import { BodyBuffer } from './body-buffer.ts';
import { type BodyFraming, framingOf } from './body-framing.ts';
import type { Cancellation } from './cancellation.ts';
import { FetchFailure, failureOf } from './failure.ts';
import { HeadReader, type ResponseHead } from './response-head.ts';
import { TrickleWatch } from './trickle-watch.ts';
import type { VisitDeadline } from './visit-deadline.ts';

/** What came back on one connection. */
export interface RawResponse {
  readonly head: ResponseHead;
  /** Octets of the body as sent, chunked coding undone, content encodings not. */
  readonly body: Buffer;
  /** The body was cut: by the wire cap, or by the peer. */
  readonly cut: boolean;
  readonly tls: Readonly<Record<string, unknown>> | null;
  /** From the request to the complete head, in milliseconds. */
  readonly firstByteMs: number;
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

/**
 * Writes the request and reads one response, then closes the connection unless it is to be kept. Rejects with a
 * `FetchFailure`, or with the reason of a cancellation; the connection is then closed.
 */
export function exchange(
  link: Link,
  request: string,
  limits: ExchangeLimits,
  cancellation: Cancellation,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    new Exchange(link, limits, cancellation, resolve, reject).send(request);
  });
}

class Exchange implements LinkListener {
  private readonly link: Link;
  private readonly limits: ExchangeLimits;
  private readonly cancellation: Cancellation;
  private readonly resolve: (response: RawResponse) => void;
  private readonly reject: (reason: unknown) => void;
  private readonly reader = new HeadReader();
  private readonly trickle: TrickleWatch;
  private readonly onTimeout: () => void;
  private readonly startedMs = performance.now();
  private head: ResponseHead | null = null;
  private framing: BodyFraming | null = null;
  private arrivals = 0;
  private mostArrivals = LEAST_ARRIVALS;
  private body: BodyBuffer | null = null;
  private tls: RawResponse['tls'] = null;
  private firstByteMs = 0;
  private isSettled = false;
  private disarm: () => void;
  private unwatch: (() => void) | null = null;

  constructor(
    link: Link,
    limits: ExchangeLimits,
    cancellation: Cancellation,
    resolve: (response: RawResponse) => void,
    reject: (reason: unknown) => void,
  ) {
    this.link = link;
    this.limits = limits;
    this.trickle = new TrickleWatch(limits.minimumBytesPerSecond);
    this.cancellation = cancellation;
    this.resolve = resolve;
    this.reject = reject;
    this.onTimeout = () => {
      // A page that is all there is one, be it that its server never says so.
      if (this.body?.endsAsPage === true) return this.finish(true, false);
      const detail = this.head === null ? 'No response in time' : 'No complete body in time';
      this.fail(new FetchFailure('TIMEOUT', 'exchange', detail));
    };
    this.disarm = limits.deadline.at(limits.headAtMs, this.onTimeout);
    cancellation.handler = (reason) => {
      if (this.settle(false)) reject(reason);
    };
  }

  send(request: string): void {
    const { socket } = this.link;
    this.link.listen(this);
    const { receivedBytes } = this.link;
    if (receivedBytes !== null)
      this.unwatch = watchFlood(receivedBytes, this.limits.wireCapBytes, () =>
        this.endFlood('Records without end, and no response'),
      );
    if (socket.destroyed || socket.readableEnded || !socket.writable) return this.onEnd();
    socket.write(request, 'latin1');
  }

  onData(chunk: Buffer): void {
    if (this.isSettled) return;
    if (++this.arrivals > this.mostArrivals)
      return this.endFlood('The response head comes in crumbs without end');
    try {
      this.take(this.head === null ? this.takeHead(chunk) : chunk);
      if (this.isSettled) return;
      const detail = this.trickle.push(chunk.length, this.limits.deadline.elapsedMs());
      if (detail !== null) this.fail(new FetchFailure('TIMEOUT', 'exchange', detail));
    } catch (error) {
      this.fail(error);
    }
  }

  /** What comes in single octets without end, or carries nothing, costs more work than it is worth. */
  private endFlood(detail: string): void {
    if (this.head !== null) this.finish(true, false);
    else this.fail(new FetchFailure('ERROR', 'exchange', detail));
  }

  onEnd(): void {
    if (this.head !== null) return this.finish(!(this.framing?.endsWithConnection ?? true), false);
    const detail = this.reader.isEmpty
      ? 'The connection was closed before a response'
      : 'The connection was closed inside the response head';
    this.fail(new FetchFailure('CONNECTION_RESET', 'exchange', detail));
  }

  onError(error: Error): void {
    if (this.head === null) this.fail(error);
    else this.finish(true, false);
  }

  /** Takes octets of the body; null: there are none. */
  private take(octets: Buffer | null): void {
    const { framing } = this;
    if (octets === null || framing === null || this.isSettled) return;
    if (framing.push(octets)) this.finish(false, !framing.hasExcess);
    else if (this.body?.isFull === true) this.finish(true, false);
  }

  /** Reads on in the head; gives what came of the body with its end. */
  private takeHead(chunk: Buffer): Buffer | null {
    const result = this.reader.push(chunk);
    if (result === null) return null;
    const { limits } = this;
    const { head, rest } = result;
    this.head = head;
    this.firstByteMs = performance.now() - this.startedMs;
    const wish = limits.wantedBytes(head);
    const wanted = Math.min(limits.wireCapBytes, wish ?? 0);
    if (wish !== null) this.tls = this.link.tlsFacts();
    this.framing = wanted > 0 ? framingOf(head, (octets) => this.body?.push(octets)) : null;
    if (this.framing === null) {
      this.finish(wish === 0, rest.length === 0 && hasNoBody(head));
      return null;
    }
    this.body = new BodyBuffer(wanted, this.framing.octets);
    this.mostArrivals = mostArrivals(wanted);
    const { timeoutMs } = limits.deadline;
    if (limits.headAtMs !== timeoutMs) {
      this.disarm();
      this.disarm = limits.deadline.at(timeoutMs, this.onTimeout);
    }
    return rest.length > 0 ? rest : null;
  }

  private finish(cut: boolean, isWhole: boolean): void {
    const { head, body, tls, firstByteMs } = this;
    if (head === null) return;
    const isReusable =
      this.limits.keep && isWhole && !cut && head.isPersistent && !this.link.socket.destroyed;
    if (!this.settle(isReusable)) return;
    this.resolve({ head, body: body?.take() ?? NO_BODY, cut, tls, firstByteMs, isReusable });
  }

  private fail(error: unknown): void {
    if (!this.settle(false)) return;
    const failure = failureOf(error, 'exchange');
    failure.afterHead = this.head !== null;
    failure.isUnanswered = this.head === null && this.reader.isEmpty;
    this.reject(failure);
  }

  private settle(keep: boolean): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    this.disarm();
    this.unwatch?.();
    this.cancellation.handler = null;
    if (keep) this.link.listen(null);
    else this.link.close();
    return true;
  }
}

const NO_BODY = Buffer.alloc(0);

/** Pieces in which a head may come, and a body without counting its octets. */
const LEAST_ARRIVALS = 4_096;
/** Octets that a piece of a long body has on average at least: as many as fit the smallest packets in use. */
const LEAST_PIECE_BYTES = 512;

/** Pieces in which a response with a body of so many octets may come before the rest is given up. */
export const mostArrivals = (bodyBytes: number): number =>
  LEAST_ARRIVALS + Math.ceil(bodyBytes / LEAST_PIECE_BYTES);

/** The response ends with its head, whatever was wanted of it. */
const hasNoBody = ({ statusCode, headers }: ResponseHead): boolean =>
  statusCode === 204 || statusCode === 304 || headers['content-length'] === '0';
