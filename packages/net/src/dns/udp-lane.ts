import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Endpoint } from '../guard/lab-route.ts';
import { randomId } from './random-id.ts';

/** Asked for on Node, where the system caps it; Deno slows down a hundredfold when it is set. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/** One connected UDP socket: its own random port, its own table of ids. The kernel drops what others send to it. */
export class UdpLane {
  readonly #socket: Socket;
  /** Slot + 1 by message id, 0 where the id is not in use. */
  readonly #slots = new Uint16Array(0x1_0000);

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /**
   * Opens and connects a socket; rejects where there is no route to the resolver. `onError` hears of what the system
   * reports later (such as a closed port), which ends nothing.
   */
  static open(
    to: Endpoint,
    onMessage: (lane: UdpLane, message: Uint8Array) => void,
    onError: (error: Error) => void,
  ): Promise<UdpLane> {
    const type = isIPv6(to.host) ? 'udp6' : 'udp4';
    const socket = createSocket(
      'Deno' in globalThis ? { type } : { type, recvBufferSize: RECEIVE_BUFFER_BYTES },
    );
    const lane = new UdpLane(socket);
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        socket.close();
        reject(error);
      };
      socket.once('error', fail);
      // Node hands a failed connect (no route, for one) to this callback, which its types do not say.
      socket.connect(to.port, to.host, (...[error]: unknown[]) => {
        socket.off('error', fail);
        if (error !== undefined && error !== null) {
          fail(error);
          return;
        }
        socket.on('error', onError);
        socket.on('message', (message) => onMessage(lane, message));
        resolve(lane);
      });
    });
  }

  /** A fresh random id for the slot. */
  assign(slot: number): number {
    let id = randomId();
    while (this.#slots[id] !== 0) id = randomId();
    this.#slots[id] = slot + 1;
    return id;
  }

  /** The slot that waits for a message with this id, -1 where none does. */
  slotOf(id: number): number {
    return (this.#slots[id] as number) - 1;
  }

  forget(id: number): void {
    this.#slots[id] = 0;
  }

  /** The octets must stay as they are until they have left, which the slot's own buffer does. */
  send(packets: Buffer, offset: number, length: number): void {
    this.#socket.send(packets, offset, length);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }
}
