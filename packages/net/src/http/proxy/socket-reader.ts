import type { Socket } from 'node:net';
import type { StepLimits } from '../../tls/open-link.ts';
import type { Cancellation } from '../cancellation.ts';
import { FetchFailure, failureOf } from '../failure.ts';
import { endOfHead } from '../response-head.ts';

/** Reads what a proxy says before the connection is the target's. */
export class SocketReader {
  private held: Buffer = Buffer.alloc(0);
  private readonly socket: Socket;
  private readonly limits: StepLimits;
  private readonly cancellation: Cancellation;

  constructor(socket: Socket, limits: StepLimits, cancellation: Cancellation) {
    this.socket = socket;
    this.limits = limits;
    this.cancellation = cancellation;
  }

  /** Whether more has come than was read. */
  get hasMore(): boolean {
    return this.held.length > 0;
  }

  /** The next octets, as many as given. */
  octets(count: number): Promise<Buffer> {
    return this.until((held) => (held.length >= count ? count : null), count);
  }

  /** All octets up to and with the first empty line, whichever way lines end; a failure where there are more than the cap. */
  throughBlankLine(capBytes: number): Promise<Buffer> {
    return this.until((held) => endOfHead(held, 0)?.next ?? null, capBytes);
  }

  private until(endOf: (held: Buffer) => number | null, capBytes: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const { socket } = this;
      const take = (): boolean => {
        const end = endOf(this.held);
        if (end === null || end > capBytes) {
          if (this.held.length <= capBytes) return false;
          done(() => reject(new FetchFailure('ERROR', 'connect', 'The reply of the proxy is too long')));
          return true;
        }
        const octets = this.held.subarray(0, end);
        this.held = this.held.subarray(end);
        done(() => resolve(octets));
        return true;
      };
      const onData = (chunk: Buffer): void => {
        this.held = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
        take();
      };
      const onEnd = (): void =>
        done(() =>
          reject(new FetchFailure('CONNECTION_RESET', 'connect', 'The proxy closed the connection')),
        );
      const onError = (error: Error): void => done(() => reject(failureOf(error, 'connect')));
      const disarm = this.limits.deadline.at(this.limits.atMs, () =>
        done(() => reject(new FetchFailure('TIMEOUT', 'connect', 'No reply of the proxy in time'))),
      );
      const done = (settle: () => void): void => {
        disarm();
        this.cancellation.handler = null;
        socket.off('data', onData);
        socket.off('end', onEnd);
        socket.off('close', onEnd);
        socket.off('error', onError);
        socket.pause();
        settle();
      };
      this.cancellation.handler = (reason) => done(() => reject(reason));
      socket.on('data', onData);
      socket.on('end', onEnd);
      socket.on('close', onEnd);
      socket.on('error', onError);
      if (take()) return;
      if (socket.destroyed || socket.readableEnded) return onEnd();
      socket.resume();
    });
  }
}
