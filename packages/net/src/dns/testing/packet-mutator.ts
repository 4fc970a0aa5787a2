import { HEADER_LENGTH } from '../wire/encode-query.ts';
import { type CorpusReply, REPLY_CORPUS } from './reply-corpus.ts';

export interface MutatedPacket {
  readonly message: Uint8Array;
  readonly questionLength: number;
}

const MOST_OCTETS = 4_096;
/** Values at which counts, lengths and pointers break. */
const EDGES = [0, 1, 12, 0x3f, 0x40, 0x7f, 0x80, 0xbf, 0xc0, 0xff];

/** The same packets for the same seed (mulberry32): random numbers below `limit`. */
function randomOf(seed: number): (limit: number) => number {
  let state = seed | 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/**
 * Replies with one to eight faults: flipped and extreme octets, lying counts and lengths, pointers anywhere, pieces cut
 * out, doubled and taken from other replies. Most keep header and question, so that what lies behind is reached.
 */
export class PacketMutator {
  readonly #random: (limit: number) => number;
  readonly #buffer = new Uint8Array(MOST_OCTETS);

  constructor(seed: number) {
    this.#random = randomOf(seed);
  }

  /** The next packet; its octets are good until the one after it. */
  next(): MutatedPacket {
    const random = this.#random;
    const base = REPLY_CORPUS[random(REPLY_CORPUS.length)] as CorpusReply;
    this.#buffer.set(base.message);
    let length = base.message.length;
    const from = random(4) === 0 ? 0 : HEADER_LENGTH + base.questionLength;
    for (let faults = 1 + random(random(2) === 0 ? 2 : 8); faults > 0; faults -= 1)
      length = this.#fault(from, length);
    if (random(8) === 0) this.#lieInCounts();
    return { message: this.#buffer.subarray(0, length), questionLength: base.questionLength };
  }

  #fault(from: number, length: number): number {
    const random = this.#random;
    const buffer = this.#buffer;
    const at = from + random(Math.max(1, length - from));
    switch (random(7)) {
      case 0:
        buffer[at] = (buffer[at] as number) ^ (1 << random(8));
        return length;
      case 1:
        buffer[at] = EDGES[random(EDGES.length)] as number;
        return length;
      case 2:
        // A pointer to anywhere, itself and what follows included.
        buffer[at] = 0xc0 | (random(4) === 0 ? random(64) : 0);
        if (at + 1 < length) buffer[at + 1] = random(Math.min(256, length));
        return length;
      case 3:
        return from + random(length - from + 1);
      case 4: {
        const size = random(Math.min(64, MOST_OCTETS - length));
        for (let index = 0; index < size; index += 1) buffer[length + index] = random(256);
        return length + size;
      }
      case 5: {
        const size = Math.min(1 + random(256), MOST_OCTETS - length, length - at);
        if (size <= 0) return length;
        buffer.copyWithin(at + size, at, length);
        return length + size;
      }
      default: {
        const other = REPLY_CORPUS[random(REPLY_CORPUS.length)] as CorpusReply;
        const start = random(other.message.length);
        const piece = other.message.subarray(start, start + Math.min(80, MOST_OCTETS - at));
        buffer.set(piece, at);
        return Math.max(length, at + piece.length);
      }
    }
  }

  #lieInCounts(): void {
    const random = this.#random;
    const field = 6 + 2 * random(3);
    this.#buffer[field] = random(3) === 0 ? 0xff : 0;
    this.#buffer[field + 1] = random(256);
  }
}
