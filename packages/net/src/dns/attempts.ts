import type { DnsAnswer } from '@domainflow/domain/dns/dns-port.ts';
import { withoutReply } from './pool-answers.ts';
import type { PoolOptions } from './pool-options.ts';
import type { ResolverChoice } from './resolver-choice.ts';
import type { SlotTable } from './slot-table.ts';
import type { Upstream } from './upstream.ts';

interface AttemptsOf<Owner> {
  readonly slots: SlotTable<Owner>;
  readonly upstreams: readonly Upstream<Owner>[];
  readonly choice: ResolverChoice<Owner>;
  readonly persona: PoolOptions['persona'];
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
    if (!isVain && attempts - (slots.early[slot] as number) < this.most(slot)) return null;
    return failure === null ? this.withoutReply('TIMEOUT', slot) : { ...failure, attempts };
  }

  withoutReply(rcode: 'ERROR' | 'TIMEOUT', slot: number): DnsAnswer {
    const { slots, upstreams, persona } = this.#of;
    const attempts = slots.attempts[slot] as number;
    const last = upstreams[slots.upstream[slot] as number];
    const problem = attempts === 0 ? null : (last?.health.problem ?? null);
    return withoutReply(rcode, attempts, persona.transport, problem);
  }

  /** How often the question may be asked, early repeats aside. */
  most(slot: number): number {
    const { slots, persona } = this.#of;
    const question = slots.question[slot];
    if (question?.isDoubtful === true) return 1;
    return Math.min(persona.attempts, question?.maxAttempts ?? Number.POSITIVE_INFINITY);
  }
}
