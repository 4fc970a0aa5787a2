import type { Endpoint } from '../guard/lab-route.ts';
import { NONE, SlotQueue } from './slot-table.ts';
import { type CancelExchange, exchangeOverTcp } from './tcp-exchange.ts';
import { questionMatches } from './wire/parse-reply.ts';

/** Connections of one pool at a time; the other truncated questions wait. */
const MAX_CONNECTIONS = 128;

/** What is needed to ask a slot's question over TCP. */
export interface TcpQuestion {
  readonly to: Endpoint;
  /** A copy: the slot's own octets may change. */
  readonly query: Uint8Array;
  readonly questionLength: number;
}

export interface TcpFallbackOptions {
  readonly capacity: number;
  readonly timeoutMs: number;
  readonly questionOf: (slot: number) => TcpQuestion;
  /** Gets the reply, null where none came that belongs to the question. */
  readonly onReply: (slot: number, message: Uint8Array | null, rttMs: number) => void;
}

/** Asks again over TCP what came truncated over UDP (RFC 7766, 5). */
export class TcpFallback {
  readonly #options: TcpFallbackOptions;
  readonly #waiting: SlotQueue;
  readonly #exchanges = new Map<number, CancelExchange>();

  constructor(options: TcpFallbackOptions) {
    this.#options = options;
    this.#waiting = new SlotQueue(options.capacity);
  }

  ask(slot: number): void {
    this.#waiting.push(slot);
    this.#open();
  }

  /** Drops the slots that `isKept` refuses, without a call to `onReply`. */
  retain(isKept: (slot: number) => boolean): void {
    this.#waiting.retain(isKept);
    for (const [slot, cancel] of this.#exchanges) {
      if (isKept(slot)) continue;
      cancel();
      this.#exchanges.delete(slot);
    }
    this.#open();
  }

  #open(): void {
    while (this.#exchanges.size < MAX_CONNECTIONS) {
      const slot = this.#waiting.peek();
      if (slot === NONE) return;
      this.#waiting.shift();
      this.#exchange(slot);
    }
  }

  #exchange(slot: number): void {
    const { questionOf, onReply, timeoutMs } = this.#options;
    const { to, query, questionLength } = questionOf(slot);
    const sentAtMs = performance.now();
    const onEnd = (message: Uint8Array | null): void => {
      this.#exchanges.delete(slot);
      const isOurs =
        message !== null &&
        message[0] === query[0] &&
        message[1] === query[1] &&
        questionMatches(message, query, 0, questionLength);
      onReply(slot, isOurs ? message : null, performance.now() - sentAtMs);
      this.#open();
    };
    this.#exchanges.set(slot, exchangeOverTcp(to, query, timeoutMs, onEnd));
  }
}
