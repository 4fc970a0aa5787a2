import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Cancellation } from '../http/cancellation.ts';
import { FetchFailure, failureOf } from '../http/failure.ts';
import type { VisitDeadline } from '../http/visit-deadline.ts';
import { certificateFailure, type TlsFacts, tlsFactsOf } from './tls-facts.ts';
import type { Trust } from './trust.ts';

/** Who is told what happens on a connection. */
export interface LinkListener {
  /** Octets that are valid during the call only. */
  onData(octets: Buffer): void;
  /** Nothing more comes; may be told more than once. */
  onEnd(): void;
  onError(error: Error): void;
}

/** An open connection over which requests can be sent. */
export interface Link {
  readonly socket: Socket;
  readonly protocol: 'http/1.1' | 'h2';
  /** Time that TCP, a proxy's part and TLS took, in milliseconds. */
  readonly connectMs: number;
  /** Octets that came over the wire for what is encrypted; null without encryption, where all of them are told. */
  readonly receivedBytes: (() => number) | null;
  /** Facts of the target's certificate, null without encryption. */
  tlsFacts(): TlsFacts | null;
  /** Tells this one, in place of the one before, and lets octets come; with null they are left where they are. */
  listen(listener: LinkListener | null): void;
  close(): void;
}

/** By when of the visit's time a step must be done. */
export interface StepLimits {
  readonly deadline: VisitDeadline;
  readonly atMs: number;
}

export interface TlsTarget {
  /** Sent as SNI; the certificate is checked against it. */
  readonly name: string;
  readonly trust: Trust;
  /** HTTP/2 is offered. */
  readonly http2: boolean;
  /** False: a certificate that cannot be verified is told of in the facts only. */
  readonly mustVerify: boolean;
}

const swallow = (): void => {};

/** Whether this runtime's HTTP/2 works over a connection that is already open. */
export const HAS_HTTP2 = !('Deno' in globalThis);

/**
 * Opens a TCP connection. Rejects with a `FetchFailure`, or with the reason of a cancellation.
 */
export function openTcp(
  { host, port }: { readonly host: string; readonly port: number },
  limits: StepLimits,
  cancellation: Cancellation,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    cancellation.throwIfCancelled();
    const socket = connectTcp({ host, port, noDelay: true });
    watchStep(socket, 'connect', limits, cancellation, reject, (settle) => {
      socket.once('connect', () => {
        if (settle()) resolve(socket);
      });
    });
  });
}

/** Encrypts an open connection and verifies the certificate. Rejects as `openTcp` does; the connection is then closed. */
export function encrypt(
  below: Socket,
  target: TlsTarget,
  limits: StepLimits,
  cancellation: Cancellation,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    try {
      cancellation.throwIfCancelled();
    } catch (error) {
      below.destroy();
      throw error;
    }
    const socket = connectTls({
      ...target.trust,
      socket: below,
      // An address has no SNI; its certificate is checked against the address.
      ...(isIP(target.name) === 0 ? { servername: target.name } : { host: target.name }),
      ALPNProtocols: target.http2 && HAS_HTTP2 ? ['h2', 'http/1.1'] : ['http/1.1'],
      minVersion: 'TLSv1.2',
      // Verified all the same, by `certificateFailure` below, which can also read the certificate that is refused.
      rejectUnauthorized: false,
    });
    below.on('error', (error) => socket.destroy(error));
    below.once('close', () => socket.destroy());
    const closeBoth = (error: unknown): void => {
      below.destroy();
      const isRefused = error instanceof FetchFailure && /NO_APPLICATION_PROTOCOL/.test(error.message);
      if (isRefused && HAS_HTTP2 && !target.http2) error.wants = 'h2';
      reject(error);
    };
    watchStep(socket, 'tls', limits, cancellation, closeBoth, (settle, fail) => {
      socket.once('secureConnect', () => {
        const failure = target.mustVerify ? certificateFailure(socket) : null;
        if (failure !== null) fail(failure);
        else if (settle()) resolve(socket);
      });
    });
  });
}

/** What every step that waits for a socket does about errors, early ends, its deadline and cancellation. */
function watchStep(
  socket: Socket,
  stage: 'connect' | 'tls',
  limits: StepLimits,
  cancellation: Cancellation,
  reject: (error: unknown) => void,
  onStart: (settle: () => boolean, fail: (error: unknown) => void) => void,
): void {
  let settled = false;
  const disarm = limits.deadline.at(limits.atMs, () =>
    fail(
      new FetchFailure(
        'TIMEOUT',
        stage,
        stage === 'connect' ? 'No connection in time' : 'No TLS handshake in time',
      ),
    ),
  );
  const onEarlyEnd = (): void =>
    fail(new FetchFailure('CONNECTION_RESET', stage, 'Closed during the handshake'));
  function settle(): boolean {
    if (settled) return false;
    settled = true;
    disarm();
    cancellation.handler = null;
    socket.off('error', fail);
    socket.off('close', onEarlyEnd);
    // Errors between here and the next step, or after the last, must not reach the process.
    socket.on('error', swallow);
    return true;
  }
  function fail(error: unknown): void {
    if (!settle()) return;
    socket.destroy();
    reject(failureOf(error, stage));
  }
  cancellation.handler = (reason) => {
    if (!settle()) return;
    socket.destroy();
    reject(reason);
  };
  socket.on('error', fail);
  socket.on('close', onEarlyEnd);
  onStart(settle, fail);
}

/** The link over a socket that is ready for requests. `onClose` is called once, when it is closed by us. */
export function linkOver(
  tcp: Socket,
  secure: TLSSocket | null,
  connectMs: number,
  onClose: () => void,
): Link {
  const socket = secure ?? tcp;
  let isOpen = true;
  let listener: LinkListener | null = null;
  const onEnd = (): void => listener?.onEnd();
  let isWatched = false;
  return {
    socket,
    protocol: secure?.alpnProtocol === 'h2' ? 'h2' : 'http/1.1',
    connectMs,
    receivedBytes: secure === null ? null : () => tcp.bytesRead,
    tlsFacts: () => (secure === null ? null : tlsFactsOf(secure)),
    listen(next) {
      listener = next;
      if (listener === null) return void socket.pause();
      if (!isWatched) {
        isWatched = true;
        socket.on('data', (octets: Buffer) => listener?.onData(octets));
        socket.on('end', onEnd);
        socket.on('close', onEnd);
        socket.on('error', (error) => listener?.onError(error));
      }
      socket.resume();
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      listener = null;
      secure?.destroy();
      tcp.destroy();
      onClose();
    },
  };
}
