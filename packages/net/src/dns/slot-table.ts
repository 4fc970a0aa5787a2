import type { DnsAnswer, DnsQuestion, DnsRecord } from '@domainflow/domain/dns/dns-port.ts';
import { MAX_QUERY_LENGTH } from './wire/encode-query.ts';

/** Room for one query, rounded up to whole cache lines. */
export const PACKET_STRIDE = Math.ceil(MAX_QUERY_LENGTH / 32) * 32;

export const NONE = -1;

/** What a slot is doing. */
export const FREE = 0;
/** Waits to be sent (again). */
export const QUEUED = 1;
export const IN_FLIGHT = 2;
/** Still awaited, but longer than replies usually take: no more counted in the window. */
export const LATE = 3;
/** Truncated: asked again over TCP. */
export const OVER_TCP = 4;
/** Was to be sent again, and the reply to the query before has come meanwhile. */
export const SETTLED = 5;

/**
 * The questions under way, one slot each, as columns: a query costs no allocation beyond its answer. The links chain
 * the slots in flight at one resolver in the order of sending, which is the order of their deadlines too, since all
 * have the same timeout.
 */
export class SlotTable<Owner> {
  readonly capacity: number;
  readonly packets: Buffer;
  readonly packetLength: Uint16Array;
  readonly questionLength: Uint16Array;
  readonly state: Uint8Array;
  readonly attempts: Uint8Array;
  /** Of the attempts those that came on top, because packets are being lost, or EDNS was refused. */
  readonly early: Uint8Array;
  /** Of the attempts those that went to a resolver that may have been asked too fast. */
  readonly hasty: Uint8Array;
  /** Of the attempts those that do not count, because of who failed. */
  readonly spared: Uint8Array;
  /** 1 once a resolver that answers other names has failed to answer this one. */
  readonly isBlamed: Uint8Array;
  /** 1 while silence tells of the resolver rather than of the name: no query for it has timed out yet. */
  readonly isTelling: Uint8Array;
  readonly upstream: Uint8Array;
  readonly lane: Uint8Array;
  readonly id: Uint16Array;
  readonly sentAtMs: Float64Array;
  readonly previous: Int32Array;
  readonly next: Int32Array;
  /** Bits of the resolvers that were asked: 0–31 and 32–63. */
  readonly triedLow: Uint32Array;
  readonly triedHigh: Uint32Array;
  readonly question: (DnsQuestion | null)[];
  readonly owner: (Owner | null)[];
  /** The last reply that was not final, should no better one come; the final one of a settled slot. */
  readonly failure: (DnsAnswer | null)[];
  /** Aliases that were followed from reply to reply; the slot's packet asks for where they lead. */
  readonly chain: (readonly DnsRecord[] | null)[];
  readonly #free: Int32Array;
  #freeCount: number;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.packets = Buffer.alloc(capacity * PACKET_STRIDE);
    this.packetLength = new Uint16Array(capacity);
    this.questionLength = new Uint16Array(capacity);
    this.state = new Uint8Array(capacity);
    this.attempts = new Uint8Array(capacity);
    this.early = new Uint8Array(capacity);
    this.hasty = new Uint8Array(capacity);
    this.spared = new Uint8Array(capacity);
    this.isBlamed = new Uint8Array(capacity);
    this.isTelling = new Uint8Array(capacity);
    this.upstream = new Uint8Array(capacity);
    this.lane = new Uint8Array(capacity);
    this.id = new Uint16Array(capacity);
    this.sentAtMs = new Float64Array(capacity);
    this.previous = new Int32Array(capacity).fill(NONE);
    this.next = new Int32Array(capacity).fill(NONE);
    this.triedLow = new Uint32Array(capacity);
    this.triedHigh = new Uint32Array(capacity);
    this.question = new Array<DnsQuestion | null>(capacity).fill(null);
    this.owner = new Array<Owner | null>(capacity).fill(null);
    this.failure = new Array<DnsAnswer | null>(capacity).fill(null);
    this.chain = new Array<readonly DnsRecord[] | null>(capacity).fill(null);
    // Taken from the end: low slots first, which stay warm.
    this.#free = Int32Array.from({ length: capacity }, (_, index) => capacity - 1 - index);
    this.#freeCount = capacity;
  }

  get used(): number {
    return this.capacity - this.#freeCount;
  }

  get isFull(): boolean {
    return this.#freeCount === 0;
  }

  /** A slot for a question; the caller has made sure that there is one (`isFull`). */
  take(question: DnsQuestion, owner: Owner): number {
    this.#freeCount -= 1;
    const slot = this.#free[this.#freeCount] as number;
    this.state[slot] = QUEUED;
    this.attempts[slot] = 0;
    this.early[slot] = 0;
    this.hasty[slot] = 0;
    this.spared[slot] = 0;
    this.isBlamed[slot] = 0;
    this.isTelling[slot] = question.isDoubtful === true ? 0 : 1;
    this.triedLow[slot] = 0;
    this.triedHigh[slot] = 0;
    this.question[slot] = question;
    this.owner[slot] = owner;
    return slot;
  }

  release(slot: number): void {
    this.state[slot] = FREE;
    this.question[slot] = null;
    this.owner[slot] = null;
    this.failure[slot] = null;
    this.chain[slot] = null;
    this.#free[this.#freeCount] = slot;
    this.#freeCount += 1;
  }
}

/** A ring of slot numbers, each at most once. */
export class SlotQueue {
  readonly #ring: Int32Array;
  #head = 0;
  #length = 0;

  constructor(capacity: number) {
    this.#ring = new Int32Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  push(slot: number): void {
    this.#ring[(this.#head + this.#length) % this.#ring.length] = slot;
    this.#length += 1;
  }

  /** The oldest, `NONE` where the queue is empty. */
  peek(): number {
    return this.#length === 0 ? NONE : (this.#ring[this.#head] as number);
  }

  shift(): void {
    this.#head = (this.#head + 1) % this.#ring.length;
    this.#length -= 1;
  }

  /** Keeps those that `isKept` accepts, in their order. */
  retain(isKept: (slot: number) => boolean): void {
    for (let left = this.#length; left > 0; left -= 1) {
      const slot = this.peek();
      this.shift();
      if (isKept(slot)) this.push(slot);
    }
  }
}
