import type { DnsAnswer } from '@domainflow/domain/dns/dns-port.ts';
import type { Transport } from '@domainflow/domain/persona/resolver-address.ts';
import { answerOf, withHasty } from './pool-answers.ts';
import type { QueryPackets } from './query-packets.ts';
import type { SlotTable } from './slot-table.ts';
import type { Upstream } from './upstream.ts';
import { NOERROR, NXDOMAIN } from './wire/codes.ts';
import { HEADER_LENGTH } from './wire/encode-query.ts';
import { bareFailure, parseReply, type Reply } from './wire/parse-reply.ts';

export interface ReadingOptions {
  readonly recursionDesired: boolean;
  /** Questions are sent in random letter case, and have to come back so. */
  readonly isCaseRandom: boolean;
}

/** Reads what came for a slot, and counts what is not believed. */
export class ReplyReader<Owner> {
  readonly counts = { forged: 0, malformed: 0, caseLost: 0 };
  readonly #slots: SlotTable<Owner>;
  readonly #packets: QueryPackets<Owner>;

  readonly #options: ReadingOptions;

  constructor(slots: SlotTable<Owner>, packets: QueryPackets<Owner>, options: ReadingOptions) {
    this.#slots = slots;
    this.#packets = packets;
    this.#options = options;
  }

  /** Whether the message is long enough to be one. */
  isMessage(message: Uint8Array): boolean {
    if (message.length >= HEADER_LENGTH) return true;
    this.counts.malformed += 1;
    return false;
  }

  /** Null where it is forged or malformed. */
  read(slot: number, message: Uint8Array): Reply | null {
    const bare = bareFailure(message);
    if (bare !== null) return bare;
    if (this.#packets.isAnswer(slot, message)) return this.parse(slot, message);
    this.counts.forged += 1;
    return null;
  }

  /** Null where it is malformed; the question has been compared. */
  parse(slot: number, message: Uint8Array): Reply | null {
    try {
      return parseReply(message, this.#slots.questionLength[slot] as number);
    } catch {
      this.counts.malformed += 1;
      return null;
    }
  }

  /** Whether the reply kept the case of letters as it had to. */
  keepsCase(slot: number, message: Uint8Array, { health }: Upstream<Owner>): boolean {
    if (!this.#options.isCaseRandom || !health.keepsCase || bareFailure(message) !== null) return true;
    const isKept = this.#packets.keepsCase(slot, message);
    health.sawCase(isKept);
    if (!isKept) this.counts.caseLost += 1;
    return isKept;
  }

  /** Whether it ends its question, or an alias of it. */
  isFinal({ rcode, isLoop, isReferral, isSenseless }: Reply): boolean {
    if (isLoop || isSenseless || (isReferral && this.#options.recursionDesired)) return false;
    return rcode === NOERROR || rcode === NXDOMAIN;
  }

  /** What it says, with its evidence. */
  answer(
    slot: number,
    { label, health }: Upstream<Owner>,
    reply: Reply,
    rttMs: number,
    transport: Transport,
  ): DnsAnswer {
    const attempts = this.#slots.attempts[slot] as number;
    const isCaseIgnored = this.#options.isCaseRandom && !health.keepsCase;
    const answer = answerOf(reply, { resolver: label, attempts, rttMs, transport, isCaseIgnored });
    return withHasty(answer, this.#slots.hasty[slot] as number);
  }
}
