import type { DnsAnswer, DnsQuestion, DnsSource } from '@domainflow/domain/dns/dns-port.ts';

/** A source in a pool, with what the pool has drawn from it. */
export interface DrawnFrom {
  readonly source: DnsSource<DnsQuestion>;
  /** Stays although it has no questions for now. */
  readonly isKept: boolean;
  /** The question drawn last. */
  drawn: DnsQuestion | null;
  /** It had no question when last asked; an answer of its own may change that. */
  isDry: boolean;
  underWay: number;
  readonly onEnd: () => void;
  readonly onFault: (error: unknown) => void;
}

/** The sources of a pool take turns, so that one large batch does not starve the others. */
export class SourceTurns {
  readonly #active: DrawnFrom[] = [];
  #turn = 0;

  get isEmpty(): boolean {
    return this.#active.every(({ isKept }) => isKept);
  }

  all(): DrawnFrom[] {
    return [...this.#active];
  }

  /** A source that ends once it has no question left and all are answered, or with an error when it throws. */
  add<Question extends DnsQuestion>(
    source: DnsSource<Question>,
  ): { drawnFrom: DrawnFrom; ended: Promise<void> } {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const drawnFrom: DrawnFrom = {
      // It is given back its own questions only.
      source: source as unknown as DnsSource<DnsQuestion>,
      isKept: false,
      drawn: null,
      isDry: false,
      underWay: 0,
      onEnd: resolve,
      onFault: reject,
    };
    this.#active.push(drawnFrom);
    return { drawnFrom, ended: promise };
  }

  /** A source that stays for good; to be called again when it has new questions. */
  keep(source: DnsSource<DnsQuestion>): void {
    const known = this.#active.find((drawnFrom) => drawnFrom.source === source);
    if (known !== undefined) {
      known.isDry = false;
      return;
    }
    const nothing = (): void => undefined;
    const state = { drawn: null, isDry: false, underWay: 0 };
    this.#active.push({ source, isKept: true, ...state, onEnd: nothing, onFault: nothing });
  }

  /** Draws one question; it is in `drawn` of what this gives. Null where no source has any. */
  draw(): DrawnFrom | null {
    for (let left = this.#active.length; left > 0; left -= 1) {
      if (this.#turn >= this.#active.length) this.#turn = 0;
      const drawnFrom = this.#active[this.#turn] as DrawnFrom;
      this.#turn += 1;
      if (drawnFrom.isDry) continue;
      drawnFrom.drawn = this.#next(drawnFrom);
      if (drawnFrom.drawn !== null) {
        drawnFrom.underWay += 1;
        return drawnFrom;
      }
      drawnFrom.isDry = true;
      this.#endIfDone(drawnFrom);
    }
    return null;
  }

  answered(drawnFrom: DrawnFrom, question: DnsQuestion, answer: DnsAnswer): void {
    drawnFrom.underWay -= 1;
    drawnFrom.isDry = false;
    try {
      drawnFrom.source.answered(question, answer);
    } catch (error) {
      this.#fault(drawnFrom, error);
    }
  }

  /** A source that throws against its contract ends its own run, and none of the others. */
  #fault(drawnFrom: DrawnFrom, error: unknown): void {
    drawnFrom.onFault(error);
    this.remove(drawnFrom);
  }

  #next(drawnFrom: DrawnFrom): DnsQuestion | null {
    try {
      return drawnFrom.source.next();
    } catch (error) {
      this.#fault(drawnFrom, error);
      return null;
    }
  }

  remove(drawnFrom: DrawnFrom): void {
    const index = this.#active.indexOf(drawnFrom);
    if (index === -1) return;
    this.#active.splice(index, 1);
    drawnFrom.onEnd();
  }

  #endIfDone(drawnFrom: DrawnFrom): void {
    if (drawnFrom.underWay === 0 && !drawnFrom.isKept) this.remove(drawnFrom);
  }
}
