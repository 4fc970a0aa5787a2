/** One rule's occurrences in one text. */
export interface RuleMatch {
  /** Index of the rule among those compiled. */
  readonly rule: number;
  /** How many there are: at least, where a text holds more occurrences of literals than are looked at. */
  readonly count: number;
  /** Where the first occurrence is. */
  readonly start: number;
  readonly end: number;
  /** Where the second and third ones are: start, end, start, end. */
  readonly further: readonly number[];
}

/** Occurrences of which the places are kept. */
const PLACES_KEPT = 3;

/** Counts occurrences by rule and keeps the first places; frequent words cost no more than that. */
export class RuleOccurrences {
  private readonly rules: number[] = [];
  private readonly counts: Int32Array;
  private readonly places: Int32Array;

  constructor(rules: number) {
    this.counts = new Int32Array(rules);
    this.places = new Int32Array(rules * 2 * PLACES_KEPT);
  }

  add(rule: number, start: number, end: number): void {
    const before = this.counts[rule] as number;
    this.counts[rule] = before + 1;
    if (before >= PLACES_KEPT) return;
    if (before === 0) this.rules.push(rule);
    const at = 2 * (rule * PLACES_KEPT + before);
    this.places[at] = start;
    this.places[at + 1] = end;
  }

  /** All that was counted since the last time, by rule. */
  takeAll(): RuleMatch[] {
    const { counts, places } = this;
    const matches = this.rules
      .sort((a, b) => a - b)
      .map((rule): RuleMatch => {
        const count = counts[rule] as number;
        counts[rule] = 0;
        const first = 2 * rule * PLACES_KEPT;
        const further: number[] = [];
        for (let at = 2; at < 2 * Math.min(count, PLACES_KEPT); at++)
          further.push(places[first + at] as number);
        return { rule, count, start: places[first] as number, end: places[first + 1] as number, further };
      });
    this.rules.length = 0;
    return matches;
  }
}
