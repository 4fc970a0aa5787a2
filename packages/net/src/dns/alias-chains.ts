import type { DnsAnswer, DnsQuestion } from '@domainflow/domain/dns/dns-port.ts';
import type { QueryPackets } from './query-packets.ts';
import type { RetryQueue } from './retry-queue.ts';
import { QUEUED, type SlotTable } from './slot-table.ts';
import { MAX_CHAIN } from './wire/parse-reply.ts';

/**
 * Aliases that lead out of the reply: authoritative servers say no more than what their own zones hold, and some stop
 * half-way in them. Where they lead is asked for in turn, in the same slot, until an answer says how they end, for at
 * most 16 aliases.
 */
export class AliasChains<Owner> {
  readonly #slots: SlotTable<Owner>;
  readonly #packets: QueryPackets<Owner>;
  readonly #retries: RetryQueue<Owner>;

  constructor(slots: SlotTable<Owner>, packets: QueryPackets<Owner>, retries: RetryQueue<Owner>) {
    this.#slots = slots;
    this.#packets = packets;
    this.#retries = retries;
  }

  /** Asks for `target`, at any resolver; where that cannot be, gives what the question is answered with. */
  follow(slot: number, target: string, answer: DnsAnswer): DnsAnswer | null {
    const slots = this.#slots;
    const question = slots.question[slot] as DnsQuestion;
    const chain = [...(slots.chain[slot] ?? []), ...answer.records];
    slots.chain[slot] = chain;
    const isCircle =
      target === question.name.toLowerCase() || chain.slice(0, -1).some(({ data }) => data === target);
    if (isCircle || chain.length > MAX_CHAIN) return { ...answer, rcode: 'CNAME_LOOP', records: [] };
    // What is escaped in presentation format is no host name, and cannot be asked for.
    if (target.includes('\\') || !this.#packets.write(slot, { name: target, type: question.type })) {
      const problem = `The alias leads to ${target}, which cannot be asked for.`;
      return { ...answer, rcode: 'ERROR', problem, records: [] };
    }
    slots.triedLow[slot] = 0;
    slots.triedHigh[slot] = 0;
    slots.failure[slot] = null;
    slots.isBlamed[slot] = 0;
    slots.state[slot] = QUEUED;
    slots.sentAtMs[slot] = performance.now();
    this.#retries.push(slot, 'none');
    return null;
  }

  /** The answer to the question itself: the aliases on the way, and what their end was answered with. */
  whole(slot: number, answer: DnsAnswer): DnsAnswer {
    const chain = this.#slots.chain[slot] ?? null;
    return chain === null ? answer : { ...answer, records: [...chain, ...answer.records] };
  }
}
