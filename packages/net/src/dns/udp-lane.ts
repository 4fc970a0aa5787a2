import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Endpoint } from '../guard/lab-route.ts';
import type { Lane, LaneEvents } from './lane.ts';
import { randomId } from './random-id.ts';
import { uint16 } from './wire/uint16.ts';

/** Asked for on Node, where the system caps it; Deno slows down a hundredfold when it is set. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/** One connected UDP socket: its own random port, its own table of ids. The kernel drops what others send to it. */
export class UdpLane implements Lane {
  readonly hasRoom = true;
  readonly #socket: Socket;
  /** Slot + 1 by message id, 0 where the id is not in use. */
  readonly #slots = new Uint16Array(0x1_0000);

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Opens and connects a socket; rejects where there is no route to the resolver. */
  static open(to: Endpoint, events: LaneEvents): Promise<UdpLane> {
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
        socket.on('error', events.onError);
        socket.on('message', (message) => {
          // Too short for a header, let alone for an id: for whom it may be, it is no reply.
          const id = message.length < 2 ? 0 : uint16(message, 0);
          events.onMessage((lane.#slots[id] as number) - 1, message);
        });
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

  forget(_slot: number, id: number): void {
    this.#slots[id] = 0;
  }

  send(_slot: number, packets: Buffer, offset: number, length: number): void {
    this.#socket.send(packets, offset, length);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }
}
