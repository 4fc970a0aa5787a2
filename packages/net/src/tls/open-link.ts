import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Cancellation } from '../http/cancellation.ts';
import { FetchFailure, failureOf } from '../http/failure.ts';
import type { VisitDeadline } from '../http/visit-deadline.ts';
import { certificateFailure, tlsFactsOf } from './tls-facts.ts';
import type { Trust } from './trust.ts';

/** An open connection, encrypted or not. */
export interface Link {
  readonly socket: Socket;
  /** Time that TCP and TLS took, in milliseconds. */
  readonly connectMs: number;
  /** Facts of the peer's certificate, null without encryption. */
  tlsFacts(): Readonly<Record<string, unknown>> | null;
  close(): void;
}

export interface LinkTarget {
  readonly host: string;
  readonly port: number;
  /** Null for plain TCP; otherwise the name to check the certificate against, sent as SNI. */
  readonly tls: { readonly name: string; readonly trust: Trust } | null;
}

/** By when of the visit's time TCP must be connected, and when TLS, in milliseconds. */
export interface LinkLimits {
  readonly deadline: VisitDeadline;
  readonly tcpAtMs: number;
  readonly tlsAtMs: number;
}

const swallow = (): void => {};

/** Opens a connection and verifies its certificate. Rejects with a `FetchFailure`, or with the reason of an abort. */
export function openLink(target: LinkTarget, limits: LinkLimits, cancellation: Cancellation): Promise<Link> {
  return new Promise((resolve, reject) => {
    const tcp = connectTcp({ host: target.host, port: target.port, noDelay: true });
    let secure: TLSSocket | null = null;
    let settled = false;
    const startedMs = performance.now();
    let disarm = limits.deadline.at(limits.tcpAtMs, onTimeout);

    const close = (): void => {
      secure?.destroy();
      tcp.destroy();
    };
    function settle(): boolean {
      if (settled) return false;
      settled = true;
      disarm();
      cancellation.handler = null;
      return true;
    }
    function fail(error: unknown): void {
      if (!settle()) return;
      close();
      reject(failureOf(error, secure === null ? 'connect' : 'tls'));
    }
    function onTimeout(): void {
      if (secure === null) return fail(new FetchFailure('TIMEOUT', 'connect', 'No connection in time'));
      const failure = new FetchFailure('TIMEOUT', 'tls', 'No TLS handshake in time');
      failure.connectMs = performance.now() - startedMs;
      fail(failure);
    }
    const onEarlyEnd = (): void =>
      fail(
        new FetchFailure(
          'CONNECTION_RESET',
          secure === null ? 'connect' : 'tls',
          'Closed during the handshake',
        ),
      );
    function open(socket: Socket): void {
      if (!settle()) return;
      socket.off('error', fail);
      socket.off('close', onEarlyEnd);
      // Errors between here and the exchange, or after it, must not reach the process.
      socket.on('error', swallow);
      const encrypted = secure;
      const connectMs = performance.now() - startedMs;
      const tlsFacts = (): ReturnType<Link['tlsFacts']> =>
        encrypted === null ? null : tlsFactsOf(encrypted);
      resolve({ socket, connectMs, tlsFacts, close });
    }

    cancellation.handler = (reason) => {
      if (!settle()) return;
      close();
      reject(reason);
    };
    tcp.on('error', fail);
    tcp.on('close', onEarlyEnd);
    tcp.once('connect', () => {
      if (settled) return;
      const { tls } = target;
      if (tls === null) return open(tcp);
      disarm();
      disarm = limits.deadline.at(limits.tlsAtMs, onTimeout);
      const encrypted = connectTls({
        ...tls.trust,
        socket: tcp,
        // An address has no SNI; its certificate is checked against the address.
        ...(isIP(tls.name) === 0 ? { servername: tls.name } : { host: tls.name }),
        ALPNProtocols: ['http/1.1'],
        minVersion: 'TLSv1.2',
        // Verified all the same, by `certificateFailure` below, which can also read the certificate that is refused.
        rejectUnauthorized: false,
      });
      secure = encrypted;
      encrypted.on('error', fail);
      encrypted.on('close', onEarlyEnd);
      encrypted.once('secureConnect', () => {
        const failure = certificateFailure(encrypted);
        if (failure === null) open(encrypted);
        else fail(failure);
      });
    });
  });
}
