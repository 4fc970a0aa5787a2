import type { SlotTable } from './slot-table.ts';

/** So many come on top of a question's attempts. */
const MOST_EARLY = 3;
/** Of the last queries after silence about so many count. */
const OVER_LAST = 32;
const MOSTLY = 0.5;

/**
 * Whether a question is asked again as soon as its reply is late, instead of when its time is over. That pays where
 * packets are lost, which shows in second queries that are answered; it would be in vain where names have dead servers,
 * and a burden where resolvers are slow. The attempts of a question keep their whole time: early ones come on top of them,
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

  /** Whether the late query of a slot is repeated now, which is counted; `most`: attempts that its question has. */
  take(slot: number, most: number): boolean {
    if (!this.#isOn || this.#answered <= MOSTLY) return false;
    const { attempts, early, failure } = this.#slots;
    const earlySoFar = early[slot] as number;
    if (failure[slot] !== null) return (attempts[slot] as number) - earlySoFar < most;
    if (most === 1 || earlySoFar >= MOST_EARLY) return false;
    early[slot] = earlySoFar + 1;
    return true;
  }
}
