import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { FetchFailure } from '../http/failure.ts';
import { certificateFailure } from '../tls/tls-facts.ts';
import { type DohTarget, hostOf } from './doh-target.ts';

/** Node's servers lose ALPN where the handshake takes a second round, as it does with Deno for each new name. */
const HANDSHAKES = 2;

class NoHttp2 extends Error {}

/** What the codes of OpenSSL mean, for a person. */
const CERTIFICATE_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/NOT_YET_VALID/, 'it is not valid yet'],
  [/SELF_SIGNED_CERT$|DEPTH_ZERO/, 'it is self-signed'],
  [/ALTNAME|HOSTNAME/, 'it is for another host'],
  [/UNABLE_TO|SELF_SIGNED|NOT_VERIFIED/, 'nobody who is trusted has signed it'],
];

function certificateProblem(name: string, { reason, message: detail }: FetchFailure): string {
  const [code = detail] = detail.split(/[:;]/);
  const meaning =
    reason === 'SSL_EXPIRED'
      ? 'it has expired'
      : CERTIFICATE_FAULTS.find(([pattern]) => pattern.test(code))?.[1];
  return `The certificate of ${name} is not valid: ${meaning === undefined ? detail : `${meaning} (${detail})`}`;
}

/** What OpenSSL says of servers that speak something else. */
const FOREIGN_WAYS: readonly (readonly [RegExp, string])[] = [
  [/no application protocol/, 'does not speak HTTP/2'],
  [/wrong version number|packet length too long|http request/, 'does not speak TLS'],
];

/** For a person; OpenSSL puts the place in its own source around its words. */
function wordsOf(name: string, message: string): string {
  const words = /SSL routines:[^:]*:([^:\n]+)/.exec(message)?.[1] ?? message;
  const way = FOREIGN_WAYS.find(([pattern]) => pattern.test(words))?.[1];
  return way === undefined ? words : `${name} ${way} (${words})`;
}

/**
 * A TLS connection that has agreed on HTTP/2 and whose certificate is verified. Rejects with words for a person, at the
 * latest after `timeoutMs`.
 */
function openTls(url: URL, { connect, trust }: DohTarget, timeoutMs: number): Promise<TLSSocket> {
  const name = hostOf(url);
  return new Promise((resolve, reject) => {
    const tcp = connectTcp({ host: connect.host, port: connect.port, noDelay: true });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      tcp.destroy();
      reject(new (error instanceof NoHttp2 ? NoHttp2 : Error)(wordsOf(name, error.message)));
    };
    const timer = setTimeout(() => fail(new Error(`${name} accepts no connection in time`)), timeoutMs);
    tcp.on('error', fail);
    tcp.once('connect', () => {
      const secure = connectTls({
        ...trust,
        socket: tcp,
        // An address has no SNI; its certificate is checked against the address.
        ...(isIP(name) === 0 ? { servername: name } : { host: name }),
        ALPNProtocols: ['h2'],
        minVersion: 'TLSv1.2',
        // Verified all the same, by `certificateFailure`, which says more.
        rejectUnauthorized: false,
      });
      const onEarlyEnd = (): void => fail(new Error(`${name} closed the connection during the handshake`));
      secure.on('error', fail);
      secure.on('close', onEarlyEnd);
      secure.once('secureConnect', () => {
        clearTimeout(timer);
        secure.off('close', onEarlyEnd);
        const failure = certificateFailure(secure);
        if (failure !== null) fail(new Error(certificateProblem(name, failure)));
        else if (secure.alpnProtocol !== 'h2') fail(new NoHttp2(`${name} does not speak HTTP/2`));
        else {
          secure.off('error', fail);
          tcp.off('error', fail);
          tcp.on('error', () => undefined);
          resolve(secure);
        }
      });
    });
  });
}

/**
 * Starts HTTP/2 on the connection and waits for the server's settings, which it sends first (RFC 9113, 3.4): they say how
 * many requests it takes at once. Rejects with words for a person.
 */
function startSession(url: URL, socket: TLSSocket, timeoutMs: number): Promise<ClientHttp2Session> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(url.origin, { createConnection: () => socket });
    const onEarlyEnd = (): void => {
      clearTimeout(timer);
      session.destroy();
      reject(new Error(`${hostOf(url)} agreed on HTTP/2 and does not speak it`));
    };
    const timer = setTimeout(onEarlyEnd, timeoutMs);
    session.on('error', () => undefined);
    session.once('close', onEarlyEnd);
    session.once('remoteSettings', () => {
      clearTimeout(timer);
      session.off('close', onEarlyEnd);
      resolve(session);
    });
  });
}

/** Opens an HTTP/2 session to a DoH server (RFC 8484, 5.2). Rejects with words for a person. */
export async function openDohSession(
  url: URL,
  findTarget: () => Promise<DohTarget>,
  timeoutMs: number,
): Promise<ClientHttp2Session> {
  const target = await findTarget();
  for (let tries = 1; ; tries += 1) {
    try {
      const socket = await openTls(url, target, timeoutMs);
      return await startSession(url, socket, timeoutMs);
    } catch (error) {
      if (!(error instanceof NoHttp2) || tries === HANDSHAKES) throw error;
    }
  }
}
