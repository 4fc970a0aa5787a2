import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import { watchFlood } from '../tls/flood-watch.ts';
import type { Link } from '../tls/open-link.ts';
import { BodyBuffer } from './body-buffer.ts';
import type { Cancellation } from './cancellation.ts';
import { FetchFailure, failureOf } from './failure.ts';
import { type ExchangeLimits, mostArrivals, type RawResponse } from './http-exchange.ts';
import { HEAD_CAP_BYTES, type ResponseHead } from './response-head.ts';
import { TrickleWatch } from './trickle-watch.ts';

const INTERIM_RESPONSES = 16;
const FIELDS_IN_HEAD = 512;
/** Megabytes that one session may hold, compression tables and queued frames together. */
const SESSION_MEMORY_MB = 4;
const NO_BODY = Buffer.alloc(0);
const sessions = new WeakMap<Link, ClientHttp2Session>();

/** What HTTP/2 says in its own way, or forbids (RFC 9113, 8.2.2). */
const NOT_IN_H2 = new Set(['connection', 'host', 'keep-alive', 'proxy-connection', 'transfer-encoding']);

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
    let head: ResponseHead | null = null;
    let body: BodyBuffer | null = null;
    let arrivals = 0;
    let most = 0;
    let tls: RawResponse['tls'] = null;
    let settled = false;
    let interim = 0;
    let firstByteMs = 0;
    const startedMs = performance.now();
    const session = sessionOf(link, url);
    const trickle = new TrickleWatch(limits.minimumBytesPerSecond);
    let stream: ClientHttp2Stream | null = null;

    let disarm = limits.deadline.at(limits.headAtMs, onTimeout);
    function onTimeout(): void {
      const detail = head === null ? 'No response in time' : 'No complete body in time';
      fail(new FetchFailure('TIMEOUT', 'exchange', detail));
    }
    const unwatch =
      link.receivedBytes === null ? null : watchFlood(link.receivedBytes, limits.wireCapBytes, onFlood);
    function onFlood(): void {
      if (head === null) fail(new FetchFailure('ERROR', 'exchange', 'Frames without end, and no response'));
      else finish(true);
    }
    function settle(keep: boolean): boolean {
      if (settled) return false;
      settled = true;
      disarm();
      unwatch?.();
      cancellation.handler = null;
      session.off('close', onClosed);
      if (!keep) {
        stream?.close(constants.NGHTTP2_CANCEL);
        session.destroy();
        link.close();
      }
      return true;
    }
    function fail(error: unknown): void {
      if (!settle(false)) return;
      const failure = failureOfH2(error);
      failure.afterHead = head !== null;
      failure.isUnanswered = head === null && interim === 0;
      reject(failure);
    }
    function finish(cut: boolean): void {
      if (head === null) return;
      const done = head;
      const isReusable = limits.keep && !cut && !session.closed && !session.destroyed;
      if (settle(isReusable))
        resolve({ head: done, body: body?.take() ?? NO_BODY, cut, tls, firstByteMs, isReusable });
    }
    function onClosed(): void {
      if (head === null) fail(new FetchFailure('CONNECTION_RESET', 'exchange', 'Closed before a response'));
      else finish(true);
    }
    function onHead(headers: Record<string, unknown>): void {
      try {
        head = headOf(headers);
        firstByteMs = performance.now() - startedMs;
        const wish = limits.wantedBytes(head);
        const wanted = Math.min(limits.wireCapBytes, wish ?? 0);
        if (wish !== null) tls = link.tlsFacts();
        if (wanted === 0) return finish(wish === 0 && head.headers['content-length'] !== '0');
        body = new BodyBuffer(wanted, null);
        most = mostArrivals(wanted);
        disarm();
        disarm = limits.deadline.at(limits.deadline.timeoutMs, onTimeout);
      } catch (error) {
        fail(error);
      }
    }
    cancellation.handler = (reason) => {
      if (settle(false)) reject(reason);
    };
    session.once('close', onClosed);
    try {
      stream = session.request(h2Fields(url, fields), { endStream: true });
    } catch (error) {
      return fail(error);
    }
    stream.on('response', onHead);
    stream.on('headers', () => {
      interim += 1;
      if (interim > INTERIM_RESPONSES)
        fail(new FetchFailure('ERROR', 'exchange', 'Interim responses without end'));
    });
    stream.on('data', (chunk: Buffer) => {
      if (settled || body === null) return;
      arrivals += 1;
      body.push(chunk);
      if (body.isFull || arrivals > most) return finish(true);
      const detail = trickle.push(chunk.length, limits.deadline.elapsedMs());
      if (detail !== null) fail(new FetchFailure('TIMEOUT', 'exchange', detail));
    });
    stream.on('end', () => {
      if (head !== null) finish(stream?.rstCode !== undefined && stream.rstCode !== 0);
    });
    stream.on('error', (error: Error) => (head === null ? fail(error) : finish(true)));
    stream.on('close', onClosed);
  });
}

function h2Fields(url: URL, fields: readonly (readonly [string, string])[]): Record<string, string> {
  const own: Record<string, string> = {
    ':method': 'GET',
    ':authority': url.host,
    ':scheme': 'https',
    ':path': `${url.pathname}${url.search}`,
  };
  for (const [name, value] of fields) {
    const lower = name.toLowerCase();
    if (!NOT_IN_H2.has(lower)) own[lower] = value;
  }
  return own;
}

function headOf(headers: Record<string, unknown>): ResponseHead {
  const read: Record<string, string> = Object.create(null);
  let octets = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(':')) continue;
    const text = Array.isArray(value) ? value.join('\n') : String(value);
    octets += name.length + text.length;
    if (octets > HEAD_CAP_BYTES)
      throw new FetchFailure(
        'ERROR',
        'exchange',
        `The response head is longer than ${HEAD_CAP_BYTES} octets`,
      );
    read[name] = text;
  }
  const statusCode = Number(headers[':status']);
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 999)
    throw new FetchFailure('ERROR', 'exchange', 'The response has no status');
  return { statusCode, headers: read, isPersistent: true };
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
