import type { DnsQuestion } from '@domainflow/domain/dns/dns-port.ts';
import type { Lane } from './lane.ts';

/** A query that was late and has been sent again to another resolver; its own reply is still good. */
export interface Straggler {
  readonly slot: number;
  readonly id: number;
  readonly lane: Lane;
  readonly sentAtMs: number;
  /** Its silence says something of the resolver. */
  readonly isTelling: boolean;
  /** For what the slot was used then. */
  readonly question: DnsQuestion | null;
}

/** The stragglers of one resolver, in the order in which they were left behind. */
export class Stragglers {
  readonly #byKey = new Map<number, Straggler>();

  get isEmpty(): boolean {
    return this.#byKey.size === 0;
  }

  add(straggler: Straggler): void {
    const same = this.find(straggler.slot, straggler.id);
    if (same !== null) this.remove(same);
    this.#byKey.set(keyOf(straggler.slot, straggler.id), straggler);
  }

  find(slot: number, id: number): Straggler | null {
    return this.#byKey.get(keyOf(slot, id)) ?? null;
  }

  /** Its reply has come, or comes too late from now on. */
  remove({ slot, id, lane }: Straggler): void {
    this.#byKey.delete(keyOf(slot, id));
    lane.forget(slot, id, null);
  }

  /** Removes those sent before `sinceMs`, and gives each to `onTimeout`. */
  expire(sinceMs: number, onTimeout: (straggler: Straggler) => void): void {
    for (const straggler of this.#byKey.values()) {
      if (straggler.sentAtMs > sinceMs) return;
      this.remove(straggler);
      onTimeout(straggler);
    }
  }
}

const keyOf = (slot: number, id: number): number => slot * 0x1_0000 + id;
