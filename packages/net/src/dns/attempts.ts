import type { DnsAnswer } from '@domainflow/domain/dns/dns-port.ts';
import { withoutReply } from './pool-answers.ts';
import type { PoolOptions } from './pool-options.ts';
import type { ResolverChoice } from './resolver-choice.ts';
import type { ResolverHealth } from './resolver-health.ts';
import type { SlotTable } from './slot-table.ts';
import type { Upstream } from './upstream.ts';

/** One for each of the other resolvers that a persona may have. */
const MOST_SPARED = 63;

interface AttemptsOf<Owner> {
  readonly slots: SlotTable<Owner>;
  readonly upstreams: readonly Upstream<Owner>[];
  readonly choice: ResolverChoice<Owner>;
  readonly persona: PoolOptions['persona'];
  /** Questions of our own, each for one resolver. */
  readonly isProbe: (slot: number) => boolean;
}

/** How often a question is asked, and what is said of it when that was in vain. */
export class Attempts<Owner> {
  readonly #of: AttemptsOf<Owner>;

  constructor(of: AttemptsOf<Owner>) {
    this.#of = of;
  }

  /** After an attempt that brought no answer: what remains to be said, null where there is another attempt. */
  lastWord(slot: number): DnsAnswer | null {
    const { slots, choice } = this.#of;
    const attempts = slots.attempts[slot] as number;
    const failure = slots.failure[slot] ?? null;
    // Who refers to others once will do it again.
    const isVain = failure?.rcode === 'REFERRAL' && !choice.hasUntried(slot);
    if (!isVain && this.#counted(slot) < this.most(slot)) return null;
    return failure === null ? this.withoutReply('TIMEOUT', slot) : { ...failure, attempts };
  }

  /**
   * An error code came, or a referral. From a resolver that answers other names it is held against the name; from one that
   * has answered none, or is put aside for that, it is worth nothing, and costs no attempt while there is another to ask.
   */
  failed(slot: number, { isProven }: ResolverHealth): void {
    const { slots, isProbe } = this.#of;
    if (slots.isBlamed[slot] === 1) return;
    if (isProven) slots.isBlamed[slot] = 1;
    else if (!isProbe(slot)) slots.spared[slot] = Math.min(MOST_SPARED, (slots.spared[slot] as number) + 1);
  }

  /** The form of the query was refused, which it is not sent in again: that says nothing of the name. */
  failedByForm(slot: number): void {
    const { slots, isProbe } = this.#of;
    if (!isProbe(slot)) slots.early[slot] = (slots.early[slot] as number) + 1;
  }

  withoutReply(rcode: 'ERROR' | 'TIMEOUT', slot: number): DnsAnswer {
    const { slots, upstreams, persona } = this.#of;
    const attempts = slots.attempts[slot] as number;
    const last = upstreams[slots.upstream[slot] as number];
    const problem = attempts === 0 ? null : (last?.health.problem ?? null);
    return withoutReply(rcode, attempts, persona.transport, problem);
  }

  /** How often the question may be asked, early repeats and what is spared aside. */
  most(slot: number): number {
    const { slots, persona } = this.#of;
    const question = slots.question[slot];
    if (question?.isDoubtful === true) return 1;
    return Math.min(persona.attempts, question?.maxAttempts ?? Number.POSITIVE_INFINITY);
  }

  #counted(slot: number): number {
    const { slots, choice } = this.#of;
    const counted = (slots.attempts[slot] as number) - (slots.early[slot] as number);
    const spared = slots.spared[slot] as number;
    return spared > 0 && choice.hasHope(slot) ? counted - spared : counted;
  }
}
