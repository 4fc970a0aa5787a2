import { connect, type Socket } from 'node:net';
import type { Cancellation } from '../http/cancellation.ts';
import { FetchFailure, failureOf } from '../http/failure.ts';
import { type Link, type LinkListener, linkOver, openTcp, type StepLimits } from './open-link.ts';

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Where the octets of all sockets without encryption arrive: a buffer for each read costs more than the reading. */
const arrivals = Buffer.allocUnsafeSlow(65_536);

/** Deno's sockets read in their own way. */
const HAS_ONREAD = !('Deno' in globalThis);

/**
 * Opens a connection on top of which nothing is put; `onClose` is called once, when it is closed by us. Rejects with a
 * `FetchFailure`, or with the reason of a cancellation.
 */
export function openPlain(
  endpoint: Endpoint,
  limits: StepLimits,
  cancellation: Cancellation,
  onClose: () => void,
): Promise<Link> {
  return HAS_ONREAD
    ? connectPlain(endpoint, limits, cancellation, onClose)
    : connectByEvents(endpoint, limits, cancellation, onClose);
}

async function connectByEvents(
  endpoint: Endpoint,
  limits: StepLimits,
  cancellation: Cancellation,
  onClose: () => void,
): Promise<Link> {
  const startedMs = performance.now();
  const tcp = await openTcp(endpoint, limits, cancellation);
  return linkOver(tcp, null, performance.now() - startedMs, onClose);
}

function connectPlain(
  endpoint: Endpoint,
  limits: StepLimits,
  cancellation: Cancellation,
  onClose: () => void,
): Promise<Link> {
  return new Promise((resolve, reject) => {
    cancellation.throwIfCancelled();
    const startedMs = performance.now();
    const end = (): void => {
      disarm();
      cancellation.handler = null;
      link.listener = null;
    };
    const giveUp = (reason: unknown): void => {
      end();
      link.socket.destroy();
      reject(reason);
    };
    const link = new PlainLink(endpoint, onClose, () => {
      end();
      link.connectMs = performance.now() - startedMs;
      resolve(link);
    });
    const disarm = limits.deadline.at(limits.atMs, () =>
      giveUp(new FetchFailure('TIMEOUT', 'connect', 'No connection in time')),
    );
    cancellation.handler = giveUp;
    link.listener = {
      onData() {},
      onEnd: () => giveUp(new FetchFailure('CONNECTION_RESET', 'connect', 'Closed during the handshake')),
      onError: (error) => giveUp(failureOf(error, 'connect')),
    };
  });
}

/**
 * What the socket tells goes to whoever listens to the link at the time. To add and remove listeners of the socket in
 * each step, and to switch its flowing mode, was a measurable part of a page's cost.
 */
class PlainLink implements Link {
  readonly protocol = 'http/1.1';
  readonly receivedBytes = null;
  readonly socket: Socket;
  connectMs = 0;
  listener: LinkListener | null = null;
  private isPaused = false;
  private isOpen = true;
  private readonly onClose: () => void;

  constructor({ host, port }: Endpoint, onClose: () => void, onConnect: () => void) {
    this.onClose = onClose;
    this.socket = connect({
      host,
      port,
      onread: { buffer: arrivals, callback: (octets) => this.take(octets) },
    });
    this.socket.on('connect', onConnect);
    // An error that nobody waits for must not reach the process.
    this.socket.on('error', (error) => this.listener?.onError(error));
    const onEnd = (): void => this.listener?.onEnd();
    this.socket.on('end', onEnd);
    this.socket.on('close', onEnd);
  }

  tlsFacts(): null {
    return null;
  }

  listen(listener: LinkListener | null): void {
    this.listener = listener;
    if (listener === null) this.socket.pause();
    else if (this.isPaused) this.socket.resume();
    this.isPaused = listener === null;
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.listener = null;
    this.socket.destroy();
    this.onClose();
  }

  private take(octets: number): boolean {
    // What comes while nobody asked for anything cannot be told from the answer to the next request.
    if (this.listener === null) this.socket.destroy();
    else this.listener.onData(arrivals.subarray(0, octets));
    return true;
  }
}
