import type { SlotTable } from './slot-table.ts';

/** Of the last queries after silence about so many count. */
const OVER_LAST = 32;
const MOSTLY = 0.5;

/**
 * Whether a question is asked again as soon as its reply is late, instead of when its time is over. That pays where
 * packets are lost, which shows in second queries that are answered; it would be in vain where names have dead servers,
 * and a burden where resolvers are slow. Half of the attempts are kept for those that have their whole time,
 * unless a failure has been heard already.
 */
export class EarlyRepeats<Owner> {
  readonly #slots: SlotTable<Owner>;
  readonly #isOn: boolean;
  #answered = 0;

  /** `isOn`: its replies can be told from those of the query before, and packets can be lost at all. */
  constructor(slots: SlotTable<Owner>, isOn: boolean) {
    this.#slots = slots;
    this.#isOn = isOn;
  }

  /** A query that followed silence was answered; or it was not, or the one before it was only slow. */
  saw(slot: number, isAnswered: boolean): void {
    const { attempts, isTelling, failure } = this.#slots;
    if ((attempts[slot] as number) < 2 || isTelling[slot] === 1 || failure[slot] !== null) return;
    this.#answered += ((isAnswered ? 1 : 0) - this.#answered) / OVER_LAST;
  }

  /** `most`: attempts that the question has in all. */
  isDue(slot: number, most: number): boolean {
    if (!this.#isOn || this.#answered <= MOSTLY) return false;
    const attempts = this.#slots.attempts[slot] as number;
    return this.#slots.failure[slot] === null ? attempts <= most / 2 : attempts < most;
  }
}
