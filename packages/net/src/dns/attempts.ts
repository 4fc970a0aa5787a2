import type { DnsAnswer } from '@domainflow/domain/dns/dns-port.ts';
import { withHasty, withoutReply } from './pool-answers.ts';
import type { PoolOptions } from './pool-options.ts';
import type { ResolverChoice } from './resolver-choice.ts';
import type { SlotTable } from './slot-table.ts';
import type { Upstream } from './upstream.ts';

/** One for each of the other resolvers that a persona may have. */
const MOST_SPARED = 63;
/** Whether a resolver is asked too fast is found out within seconds. */
const MOST_HASTY = 30;

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
    return failure === null
      ? this.withoutReply('TIMEOUT', slot)
      : withHasty({ ...failure, attempts }, slots.hasty[slot] as number);
  }

  /**
   * An error code came, or a referral. From a resolver that answers other names it is held against the name; from one that
   * has answered none, or is put aside for that, it is worth nothing, and costs no attempt while there is another to ask.
   * From one that may have been asked too fast it says nothing either, and costs none.
   */
  failed(slot: number, { health, overload }: Upstream<Owner>): void {
    const { slots, isProbe } = this.#of;
    const { isProven } = health;
    const hasty = slots.hasty[slot] as number;
    if (overload.isInDoubt && hasty < MOST_HASTY && !isProbe(slot)) {
      slots.hasty[slot] = hasty + 1;
      return;
    }
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
    const more = (slots.early[slot] as number) + (slots.hasty[slot] as number);
    const counted = (slots.attempts[slot] as number) - more;
    const spared = slots.spared[slot] as number;
    return spared > 0 && choice.hasHope(slot) ? counted - spared : counted;
  }
}
