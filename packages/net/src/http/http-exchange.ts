import type { Link } from '../tls/open-link.ts';
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
}

/**
 * Writes the request and reads one response, then destroys the connection. Rejects with a `FetchFailure`, or with the
 * signal's reason once that aborts.
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
    const parts: Buffer[] = [];
    let head: ResponseHead | null = null;
    let framing: BodyFraming | null = null;
    let size = 0;
    let wanted = limits.wireCapBytes;
    let tls: RawResponse['tls'] = null;
    let settled = false;

    let disarm = limits.deadline.at(limits.headAtMs, onTimeout);
    function onTimeout(): void {
      const detail = head === null ? 'No response in time' : 'No complete body in time';
      fail(new FetchFailure('TIMEOUT', 'exchange', detail));
    }
    function settle(): boolean {
      if (settled) return false;
      settled = true;
      disarm();
      cancellation.handler = null;
      link.close();
      return true;
    }
    function fail(error: unknown): void {
      if (!settle()) return;
      const failure = failureOf(error, 'exchange');
      failure.afterHead = head !== null;
      reject(failure);
    }
    function finish(cut: boolean): void {
      if (head === null) return;
      const done = head;
      if (settle()) {
        const body = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, size);
        resolve({ head: done, body, cut, tls });
      }
    }
    function sink(octets: Buffer): void {
      const room = wanted - size;
      const part = octets.length > room ? octets.subarray(0, room) : octets;
      if (part.length === 0) return;
      parts.push(part);
      size += part.length;
    }
    function takeHead(chunk: Buffer): Buffer | null {
      const result = reader.push(chunk);
      if (result === null) return null;
      head = result.head;
      const wish = limits.wantedBytes(head);
      wanted = Math.min(limits.wireCapBytes, wish ?? 0);
      if (wish !== null) tls = link.tlsFacts();
      framing = wanted > 0 ? framingOf(head, sink) : null;
      if (framing === null) {
        finish(wish === 0);
        return null;
      }
      disarm();
      disarm = limits.deadline.at(limits.deadline.timeoutMs, onTimeout);
      return result.rest.length > 0 ? result.rest : null;
    }
    function onEnd(): void {
      if (head !== null) return finish(!(framing?.endsWithConnection ?? true));
      const detail = reader.isEmpty
        ? 'The connection was closed before a response'
        : 'The connection was closed inside the response head';
      fail(new FetchFailure('CONNECTION_RESET', 'exchange', detail));
    }

    socket.on('data', (chunk: Buffer) => {
      if (settled) return;
      try {
        const rest = head === null ? takeHead(chunk) : chunk;
        if (rest === null || framing === null || settled) return;
        if (framing.push(rest)) finish(false);
        else if (size >= wanted) finish(true);
      } catch (error) {
        fail(error);
      }
    });
    socket.on('end', onEnd);
    socket.on('close', onEnd);
    socket.on('error', (error: Error) => (head === null ? fail(error) : finish(true)));
    cancellation.handler = (reason) => {
      if (settle()) reject(reason);
    };
    socket.write(request, 'latin1');
  });
}
