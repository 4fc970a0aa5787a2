import type { DnsQuestion } from '@domainflow/domain/dns/dns-port.ts';
import { PACKET_STRIDE, type SlotTable } from './slot-table.ts';
import { TYPE_NUMBER } from './wire/codes.ts';
import { dropEdns, HEADER_LENGTH, OPT_LENGTH, type QueryForm, writeQuery } from './wire/encode-query.ts';
import { lowerCase, randomizeCase } from './wire/letter-case.ts';
import { questionIsSame, questionMatches } from './wire/parse-reply.ts';

/** The packets of the slots: written once for each question, changed where a server cannot read them. */
export class QueryPackets<Owner> {
  readonly #slots: SlotTable<Owner>;
  readonly #form: QueryForm;

  constructor(slots: SlotTable<Owner>, form: QueryForm) {
    this.#slots = slots;
    this.#form = form;
  }

  /** False where the name cannot be asked for. */
  write(slot: number, question: DnsQuestion): boolean {
    const { packets, packetLength, questionLength } = this.#slots;
    let length: number;
    try {
      length = writeQuery(
        packets,
        slot * PACKET_STRIDE,
        question.name,
        TYPE_NUMBER[question.type],
        this.#form,
      );
    } catch {
      return false;
    }
    packetLength[slot] = length;
    questionLength[slot] = length - HEADER_LENGTH - (this.#form.ednsBufferBytes === 0 ? 0 : OPT_LENGTH);
    return true;
  }

  /** For servers that do not know EDNS (RFC 6891, 6.2.2). */
  dropEdns(slot: number): void {
    const { packets, packetLength } = this.#slots;
    packetLength[slot] = dropEdns(packets, slot * PACKET_STRIDE, packetLength[slot] as number);
  }

  hasEdns(slot: number): boolean {
    const { packetLength, questionLength } = this.#slots;
    return (packetLength[slot] as number) > HEADER_LENGTH + (questionLength[slot] as number);
  }

  setCase(slot: number, isRandom: boolean): void {
    const from = slot * PACKET_STRIDE + HEADER_LENGTH;
    // Type and class stand behind the name.
    const to = from + (this.#slots.questionLength[slot] as number) - 4;
    (isRandom ? randomizeCase : lowerCase)(this.#slots.packets, from, to);
  }

  /** Whether the message repeats the slot's question, letter case aside. */
  isAnswer(slot: number, message: Uint8Array): boolean {
    const { packets, questionLength } = this.#slots;
    return questionMatches(message, packets, slot * PACKET_STRIDE, questionLength[slot] as number);
  }

  keepsCase(slot: number, message: Uint8Array): boolean {
    const { packets, questionLength } = this.#slots;
    return questionIsSame(message, packets, slot * PACKET_STRIDE, questionLength[slot] as number);
  }

  copy(slot: number): Uint8Array {
    const offset = slot * PACKET_STRIDE;
    return Buffer.from(
      this.#slots.packets.subarray(offset, offset + (this.#slots.packetLength[slot] as number)),
    );
  }
}
