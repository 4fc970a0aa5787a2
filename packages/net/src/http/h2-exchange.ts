import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import type { Link } from '../tls/open-link.ts';
import type { Cancellation } from './cancellation.ts';
import { FetchFailure, failureOf } from './failure.ts';
import { h2Fields, headOf } from './h2-head.ts';
import { HEAD_CAP_BYTES } from './response-head.ts';
import { type ExchangeLimits, type RawResponse, ResponseWait, type Waiter } from './response-wait.ts';

const INTERIM_RESPONSES = 16;
const FIELDS_IN_HEAD = 512;
/** Megabytes that one session may hold, compression tables and queued frames together. */
const SESSION_MEMORY_MB = 4;
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
    new H2Exchange(link, sessionOf(link, url), limits, cancellation, { resolve, reject }).send(url, fields);
  });
}

class H2Exchange extends ResponseWait {
  private readonly session: ClientHttp2Session;
  private readonly onClosed: () => void;
  private stream: ClientHttp2Stream | null = null;
  private interim = 0;

  constructor(
    link: Link,
    session: ClientHttp2Session,
    limits: ExchangeLimits,
    cancellation: Cancellation,
    waiter: Waiter,
  ) {
    super(link, limits, cancellation, waiter);
    this.session = session;
    this.onClosed = () => {
      if (this.head === null)
        this.fail(new FetchFailure('CONNECTION_RESET', 'exchange', 'Closed before a response'));
      else this.finish(true);
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
    try {
      const head = headOf(headers);
      const wanted = this.begin(head);
      if (wanted) this.awaitBody(wanted, null);
      else this.finish(wanted === 0 && head.headers['content-length'] !== '0');
    } catch (error) {
      this.fail(error);
    }
  }

  private take(chunk: Buffer): void {
    if (this.isSettled || this.body === null) return;
    this.body.push(chunk);
    if (this.body.isFull) this.finish(true);
    else if (this.countArrival()) this.watchRate(chunk.length);
  }

  protected hasBegun(): boolean {
    return this.interim > 0;
  }

  protected isOpen(): boolean {
    return !this.session.closed && !this.session.destroyed;
  }

  protected describe(error: unknown): FetchFailure {
    const failure = failureOfH2(error);
    const isUnanswered = this.head === null && !this.hasBegun();
    if (isUnanswered && this.stream?.rstCode === constants.NGHTTP2_HTTP_1_1_REQUIRED)
      failure.wants = 'http/1.1';
    return failure;
  }

  protected release(keep: boolean): void {
    this.session.off('close', this.onClosed);
    if (keep) return;
    this.stream?.close(constants.NGHTTP2_CANCEL);
    this.session.destroy();
    this.link.close();
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
