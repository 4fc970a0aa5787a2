import type { Link } from '../tls/open-link.ts';
import { BodyBuffer } from './body-buffer.ts';
import { type BodyFraming, framingOf } from './body-framing.ts';
import type { Cancellation } from './cancellation.ts';
import { FetchFailure, failureOf } from './failure.ts';
import { HeadReader, type ResponseHead } from './response-head.ts';
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
    const { socket } = link;
    const reader = new HeadReader();
    let head: ResponseHead | null = null;
    let framing: BodyFraming | null = null;
    let body: BodyBuffer | null = null;
    let tls: RawResponse['tls'] = null;
    let settled = false;
    let firstByteMs = 0;
    const startedMs = performance.now();

    let disarm = limits.deadline.at(limits.headAtMs, onTimeout);
    function onTimeout(): void {
      const detail = head === null ? 'No response in time' : 'No complete body in time';
      fail(new FetchFailure('TIMEOUT', 'exchange', detail));
    }
    function settle(keep: boolean): boolean {
      if (settled) return false;
      settled = true;
      disarm();
      cancellation.handler = null;
      socket.off('data', onData);
      socket.off('end', onEnd);
      socket.off('close', onEnd);
      socket.off('error', onError);
      if (keep) socket.pause();
      else link.close();
      return true;
    }
    function fail(error: unknown): void {
      if (!settle(false)) return;
      const failure = failureOf(error, 'exchange');
      failure.afterHead = head !== null;
      failure.isUnanswered = head === null && reader.isEmpty;
      reject(failure);
    }
    function finish(cut: boolean, isWhole: boolean): void {
      if (head === null) return;
      const done = head;
      const isReusable = limits.keep && isWhole && !cut && done.isPersistent && !socket.destroyed;
      if (settle(isReusable)) {
        resolve({ head: done, body: body?.take() ?? NO_BODY, cut, tls, firstByteMs, isReusable });
      }
    }
    function sink(octets: Buffer): void {
      body?.push(octets);
    }
    function takeHead(chunk: Buffer): Buffer | null {
      const result = reader.push(chunk);
      if (result === null) return null;
      head = result.head;
      firstByteMs = performance.now() - startedMs;
      const wish = limits.wantedBytes(head);
      const wanted = Math.min(limits.wireCapBytes, wish ?? 0);
      if (wish !== null) tls = link.tlsFacts();
      framing = wanted > 0 ? framingOf(head, sink) : null;
      if (framing === null) {
        finish(wish === 0, result.rest.length === 0 && hasNoBody(head));
        return null;
      }
      body = new BodyBuffer(wanted, framing.octets);
      const { timeoutMs } = limits.deadline;
      if (limits.headAtMs !== timeoutMs) {
        disarm();
        disarm = limits.deadline.at(timeoutMs, onTimeout);
      }
      return result.rest.length > 0 ? result.rest : null;
    }
    function onEnd(): void {
      if (head !== null) return finish(!(framing?.endsWithConnection ?? true), false);
      const detail = reader.isEmpty
        ? 'The connection was closed before a response'
        : 'The connection was closed inside the response head';
      fail(new FetchFailure('CONNECTION_RESET', 'exchange', detail));
    }

    function onData(chunk: Buffer): void {
      if (settled) return;
      try {
        const rest = head === null ? takeHead(chunk) : chunk;
        if (rest === null || framing === null || settled) return;
        if (framing.push(rest)) finish(false, !framing.hasExcess);
        else if (body?.isFull === true) finish(true, false);
      } catch (error) {
        fail(error);
      }
    }
    function onError(error: Error): void {
      if (head === null) fail(error);
      else finish(true, false);
    }

    socket.on('data', onData);
    socket.on('end', onEnd);
    socket.on('close', onEnd);
    socket.on('error', onError);
    cancellation.handler = (reason) => {
      if (settle(false)) reject(reason);
    };
    if (socket.destroyed || socket.readableEnded || !socket.writable) return onEnd();
    socket.resume();
    socket.write(request, 'latin1');
  });
}

const NO_BODY = Buffer.alloc(0);

/** The response ends with its head, whatever was wanted of it. */
const hasNoBody = ({ statusCode, headers }: ResponseHead): boolean =>
  statusCode === 204 || statusCode === 304 || headers['content-length'] === '0';
