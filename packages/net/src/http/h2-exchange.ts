import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import { watchFlood } from '../tls/flood-watch.ts';
import type { Link } from '../tls/open-link.ts';
import { BodyBuffer } from './body-buffer.ts';
import type { Cancellation } from './cancellation.ts';
import { FetchFailure, failureOf } from './failure.ts';
import { h2Fields, headOf } from './h2-head.ts';
import { type ExchangeLimits, mostArrivals, type RawResponse } from './http-exchange.ts';
import { HEAD_CAP_BYTES, type ResponseHead } from './response-head.ts';
import { TrickleWatch } from './trickle-watch.ts';

const INTERIM_RESPONSES = 16;
const FIELDS_IN_HEAD = 512;
/** Megabytes that one session may hold, compression tables and queued frames together. */
const SESSION_MEMORY_MB = 4;
const NO_BODY = Buffer.alloc(0);
const sessions = new WeakMap<Link, ClientHttp2Session>();

function sessionOf(link: Link, url: URL): ClientHttp2Session {
  const known = sessions.get(link);
  if (known !== undefined) return known;
  const session = connect(url.origin, {
    createConnection: () => link.socket,
    settings: { enablePush: false, maxHeaderListSize: HEAD_CAP_BYTES },
    maxHeaderListPairs: FIELDS_IN_HEAD,
    maxSessionMemory: SESSION_MEMORY_MB,
    maxReservedRemoteStreams: 1,
  });
  sessions.set(link, session);
  // What goes wrong reaches the stream, too.
  session.on('error', () => {});
  return session;
}

/** `exchange` over HTTP/2, with the same limits and failures. A kept connection takes further requests. */
export function exchangeH2(
  link: Link,
  url: URL,
  fields: readonly (readonly [string, string])[],
  limits: ExchangeLimits,
  cancellation: Cancellation,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    new H2Exchange(link, sessionOf(link, url), limits, cancellation, resolve, reject).send(url, fields);
  });
}

class H2Exchange {
  private readonly link: Link;
  private readonly session: ClientHttp2Session;
  private readonly limits: ExchangeLimits;
  private readonly cancellation: Cancellation;
  private readonly resolve: (response: RawResponse) => void;
  private readonly reject: (reason: unknown) => void;
  private readonly trickle: TrickleWatch;
  private readonly startedMs = performance.now();
  private readonly onTimeout: () => void;
  private readonly onClosed: () => void;
  private stream: ClientHttp2Stream | null = null;
  private head: ResponseHead | null = null;
  private body: BodyBuffer | null = null;
  private arrivals = 0;
  private mostArrivals = 0;
  private interim = 0;
  private tls: RawResponse['tls'] = null;
  private firstByteMs = 0;
  private isSettled = false;
  private disarm: () => void;
  private readonly unwatch: (() => void) | null;

  constructor(
    link: Link,
    session: ClientHttp2Session,
    limits: ExchangeLimits,
    cancellation: Cancellation,
    resolve: (response: RawResponse) => void,
    reject: (reason: unknown) => void,
  ) {
    this.link = link;
    this.session = session;
    this.limits = limits;
    this.trickle = new TrickleWatch(limits.minimumBytesPerSecond);
    this.cancellation = cancellation;
    this.resolve = resolve;
    this.reject = reject;
    this.onTimeout = () => {
      if (this.body?.endsAsPage === true) return this.finish(true);
      const detail = this.head === null ? 'No response in time' : 'No complete body in time';
      this.fail(new FetchFailure('TIMEOUT', 'exchange', detail));
    };
    this.onClosed = () => {
      if (this.head === null)
        this.fail(new FetchFailure('CONNECTION_RESET', 'exchange', 'Closed before a response'));
      else this.finish(true);
    };
    this.disarm = limits.deadline.at(limits.headAtMs, this.onTimeout);
    const { receivedBytes } = link;
    this.unwatch =
      receivedBytes === null ? null : watchFlood(receivedBytes, limits.wireCapBytes, () => this.endFlood());
    cancellation.handler = (reason) => {
      if (this.settle(false)) reject(reason);
    };
  }

  send(url: URL, fields: readonly (readonly [string, string])[]): void {
    this.session.once('close', this.onClosed);
    let stream: ClientHttp2Stream;
    try {
      stream = this.session.request(h2Fields(url, fields), { endStream: true });
    } catch (error) {
      return this.fail(error);
    }
    this.stream = stream;
    stream.on('response', (headers) => this.takeHead(headers));
    stream.on('headers', () => {
      this.interim += 1;
      if (this.interim > INTERIM_RESPONSES)
        this.fail(new FetchFailure('ERROR', 'exchange', 'Interim responses without end'));
    });
    stream.on('data', (chunk: Buffer) => this.take(chunk));
    stream.on('end', () => this.finish(stream.rstCode !== undefined && stream.rstCode !== 0));
    stream.on('error', (error: Error) => (this.head === null ? this.fail(error) : this.finish(true)));
    stream.on('close', this.onClosed);
  }

  private takeHead(headers: Record<string, unknown>): void {
    const { limits } = this;
    try {
      const head = headOf(headers);
      this.head = head;
      this.firstByteMs = performance.now() - this.startedMs;
      const wish = limits.wantedBytes(head);
      const wanted = Math.min(limits.wireCapBytes, wish ?? 0);
      if (wish !== null) this.tls = this.link.tlsFacts();
      if (wanted === 0) return this.finish(wish === 0 && head.headers['content-length'] !== '0');
      this.body = new BodyBuffer(wanted, null);
      this.mostArrivals = mostArrivals(wanted);
      this.disarm();
      this.disarm = limits.deadline.at(limits.deadline.timeoutMs, this.onTimeout);
    } catch (error) {
      this.fail(error);
    }
  }

  private take(chunk: Buffer): void {
    if (this.isSettled || this.body === null) return;
    this.arrivals += 1;
    this.body.push(chunk);
    if (this.body.isFull || this.arrivals > this.mostArrivals) return this.finish(true);
    const detail = this.trickle.push(chunk.length, this.limits.deadline.elapsedMs());
    if (detail !== null) this.fail(new FetchFailure('TIMEOUT', 'exchange', detail));
  }

  /** Frames that carry nothing cost more work than they are worth. */
  private endFlood(): void {
    if (this.head !== null) this.finish(true);
    else this.fail(new FetchFailure('ERROR', 'exchange', 'Frames without end, and no response'));
  }

  private finish(cut: boolean): void {
    const { head, body, session, tls, firstByteMs } = this;
    if (head === null) return;
    const isReusable = this.limits.keep && !cut && !session.closed && !session.destroyed;
    if (!this.settle(isReusable)) return;
    this.resolve({ head, body: body?.take() ?? NO_BODY, cut, tls, firstByteMs, isReusable });
  }

  private fail(error: unknown): void {
    if (!this.settle(false)) return;
    const failure = failureOfH2(error);
    failure.afterHead = this.head !== null;
    failure.isUnanswered = this.head === null && this.interim === 0;
    if (failure.isUnanswered && this.stream?.rstCode === constants.NGHTTP2_HTTP_1_1_REQUIRED)
      failure.wants = 'http/1.1';
    this.reject(failure);
  }

  private settle(keep: boolean): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    this.disarm();
    this.unwatch?.();
    this.cancellation.handler = null;
    this.session.off('close', this.onClosed);
    if (!keep) {
      this.stream?.close(constants.NGHTTP2_CANCEL);
      this.session.destroy();
      this.link.close();
    }
    return true;
  }
}

/** Errors of the protocol are the server's malformed responses; a stream that is refused or reset is a reset. */
function failureOfH2(error: unknown): FetchFailure {
  if (error instanceof FetchFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/NGHTTP2_(?:REFUSED_STREAM|CANCEL|INTERNAL_ERROR|NO_ERROR)/.test(message))
    return new FetchFailure('CONNECTION_RESET', 'exchange', message.slice(0, 300));
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('ERR_HTTP2')) {
    const detail = `${code}: ${message}`.slice(0, 300);
    const wasClosed = code === 'ERR_HTTP2_INVALID_SESSION' || code === 'ERR_HTTP2_GOAWAY_SESSION';
    return new FetchFailure(wasClosed ? 'CONNECTION_RESET' : 'ERROR', 'exchange', detail);
  }
  return failureOf(error, 'exchange');
}
