import { connect, type Socket } from 'node:net';
import type { Endpoint } from '../guard/lab-route.ts';
import { ConnectionPause } from './connection-pause.ts';
import type { Lane, LaneEvents } from './lane.ts';
import { randomId } from './random-id.ts';
import { NONE } from './slot-table.ts';
import { FrameReader, framed } from './tcp-frames.ts';
import { HEADER_LENGTH } from './wire/encode-query.ts';
import { uint16 } from './wire/uint16.ts';

/** A connection without a query is closed by us before servers do it (RFC 7766, 6.2.3). */
const IDLE_MS = 8_000;

/** Whether it begins as a reply does: a header, in which QR is set (RFC 1035, 4.1.1). */
const isResponse = (message: Uint8Array): boolean =>
  message.length >= HEADER_LENGTH && ((message[2] as number) & 0x80) !== 0;

/** One TCP connection with many queries on it at once (RFC 7766, 6.2.1.1), opened again when it is needed and closed. */
export class TcpLane implements Lane {
  readonly #to: Endpoint;
  readonly #timeoutMs: number;
  readonly #events: LaneEvents;
  readonly #slots = new Map<number, number>();
  readonly #pause = new ConnectionPause();
  #socket: Socket | null = null;
  #isCorked = false;
  #heardMs = 0;

  private constructor(to: Endpoint, timeoutMs: number, events: LaneEvents) {
    this.#to = to;
    this.#timeoutMs = timeoutMs;
    this.#events = events;
  }

  /** Rejects where no connection comes about. */
  static async open(to: Endpoint, timeoutMs: number, events: LaneEvents): Promise<TcpLane> {
    const lane = new TcpLane(to, timeoutMs, events);
    await lane.#connect();
    return lane;
  }

  get hasRoom(): boolean {
    return this.#slots.size < this.#pause.allowed && (this.#socket !== null || this.#pause.isOver);
  }

  assign(slot: number): number {
    let id = randomId();
    while (this.#slots.has(id)) id = randomId();
    this.#slots.set(id, slot);
    return id;
  }

  forget(_slot: number, id: number, silentSinceMs: number | null): void {
    this.#slots.delete(id);
    // Nothing at all came since: the connection itself may be dead, which nobody would tell us for minutes.
    if (silentSinceMs === null || this.#heardMs >= silentSinceMs) return;
    if (this.#pause.isDeadAfterSilence()) this.#socket?.destroy();
  }

  send(_slot: number, packets: Buffer, offset: number, length: number): void {
    if (this.#socket === null) this.#connect().catch(() => undefined);
    const socket = this.#socket;
    if (socket === null) return;
    if (!this.#isCorked) {
      // What is sent in one go leaves in one piece.
      this.#isCorked = true;
      socket.cork();
      process.nextTick(() => {
        this.#isCorked = false;
        socket.uncork();
      });
    }
    socket.write(framed(packets, offset, length));
  }

  close(): Promise<void> {
    this.#slots.clear();
    this.#socket?.destroy();
    return Promise.resolve();
  }

  #connect(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const socket = connect({ host: this.#to.host, port: this.#to.port, noDelay: true });
    const reader = new FrameReader();
    let problem: string | null = null;
    let isConnected = false;
    this.#socket = socket;
    this.#isCorked = false;
    socket.setTimeout(this.#timeoutMs, () => {
      if (isConnected && this.#slots.size > 0) return;
      if (!isConnected) problem = `${this.#to.host}:${this.#to.port} accepts no TCP connection in time`;
      socket.destroy();
    });
    socket.on('connect', () => {
      isConnected = true;
      this.#heardMs = performance.now();
      socket.setTimeout(IDLE_MS);
      resolve();
    });
    socket.on('data', (chunk) => {
      this.#heardMs = performance.now();
      reader.read(chunk, (message) => {
        // A server that loses count of its octets never finds back to where messages begin.
        if (isResponse(message)) this.#received(message);
        else socket.destroy();
      });
    });
    socket.on('error', (error) => {
      problem = error.message;
    });
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = null;
      reject(new Error(problem ?? 'The connection was closed.'));
      this.#ended(problem);
    });
    return promise;
  }

  #received(message: Uint8Array): void {
    const id = uint16(message, 0);
    const slot = this.#slots.get(id) ?? NONE;
    if (slot !== NONE) this.#pause.replied();
    this.#events.onMessage(slot, message);
  }

  #ended(problem: string | null): void {
    const lost = [...this.#slots.values()];
    this.#slots.clear();
    const isFree = this.#pause.ended(lost.length);
    for (const slot of lost) this.#events.onLost(slot, problem, isFree);
  }
}
