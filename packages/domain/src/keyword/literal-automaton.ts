import { foldCase, foldUnits } from './fold-case.ts';

/**
 * Entries of one automaton's table: beyond this, the patterns are shared out among several. Of alphabets with
 * thousands of letters most entries are empty, so that several small tables are far smaller than a large one.
 */
const TABLE_CAP = 8_388_608;
const WIDE_TABLE_CAP = 1_048_576;
const WIDE_ALPHABET = 512;

/** Called for each occurrence of a pattern: its index, and where it ends (exclusive). */
export type OnOccurrence = (pattern: number, end: number) => void;

/**
 * Aho–Corasick as a complete automaton over folded units: one table look-up per unit of the text, whatever the number
 * of patterns. Units that no pattern holds share class 0.
 */
export class LiteralAutomaton {
  private readonly classes = new Uint16Array(0x10000);
  private classCount = 1;
  private readonly table: Int32Array;
  /** First pattern that ends in a state, and the next state down the suffixes in which one ends; -1 for none. */
  private readonly ends: Int32Array;
  private readonly nextEnd: Int32Array;
  /** Further patterns that end where this one does. */
  private readonly twins: Int32Array;
  private readonly ids: readonly number[];

  constructor(patterns: readonly string[], ids: readonly number[]) {
    this.ids = ids;
    const folded = patterns.map(foldCase);
    for (const pattern of folded) {
      for (let i = 0; i < pattern.length; i++) {
        const unit = pattern.charCodeAt(i);
        if (this.classes[unit] === 0) this.classes[unit] = this.classCount++;
      }
    }
    // Folded classes for unfolded units: the scan then needs one look-up only.
    const folds = foldUnits();
    for (let unit = 0; unit < 0x10000; unit++) {
      this.classes[unit] = this.classes[folds[unit] as number] as number;
    }
    const width = this.classCount;
    const maxStates = 1 + folded.reduce((sum, pattern) => sum + pattern.length, 0);
    const table = new Int32Array(maxStates * width);
    const ends = new Int32Array(maxStates).fill(-1);
    this.twins = new Int32Array(folded.length).fill(-1);
    let states = 1;
    folded.forEach((pattern, index) => {
      let state = 0;
      for (let i = 0; i < pattern.length; i++) {
        const slot = state * width + (this.classes[pattern.charCodeAt(i)] as number);
        if (table[slot] === 0) table[slot] = states++;
        state = table[slot] as number;
      }
      this.twins[index] = ends[state] as number;
      ends[state] = index;
    });
    this.ends = ends.slice(0, states);
    this.nextEnd = new Int32Array(states).fill(-1);
    this.table = table.slice(0, states * width);
    this.complete(states, width);
    this.writeRows();
  }

  /** Writes transitions as where the state's row begins, those to states in which patterns end as complements. */
  private writeRows(): void {
    const { table, ends, nextEnd, classCount: width } = this;
    for (let slot = 0; slot < table.length; slot++) {
      const state = table[slot] as number;
      const isEnd = (ends[state] as number) >= 0 || (nextEnd[state] as number) >= 0;
      table[slot] = isEnd ? ~(state * width) : state * width;
    }
  }

  /** Fills in the missing transitions, breadth first, from each state's longest proper suffix. */
  private complete(states: number, width: number): void {
    const { table, ends, nextEnd } = this;
    const suffix = new Int32Array(states);
    const queue = new Int32Array(states);
    let tail = 0;
    for (let c = 1; c < width; c++) {
      const child = table[c] as number;
      if (child !== 0) queue[tail++] = child;
    }
    for (let head = 0; head < tail; head++) {
      const state = queue[head] as number;
      const fall = suffix[state] as number;
      nextEnd[state] = (ends[fall] as number) >= 0 ? fall : (nextEnd[fall] as number);
      for (let c = 1; c < width; c++) {
        const slot = state * width + c;
        const child = table[slot] as number;
        const fallChild = table[fall * width + c] as number;
        if (child === 0) table[slot] = fallChild;
        else {
          suffix[child] = fallChild;
          queue[tail++] = child;
        }
      }
    }
  }

  /** Reports every occurrence of every pattern, overlapping ones included, in one pass. */
  scan(text: string, onOccurrence: OnOccurrence): void {
    const { table, classes, ends, nextEnd, twins, ids, classCount: width } = this;
    const { length } = text;
    let row = 0;
    for (let i = 0; i < length; i++) {
      // What follows a state in which a pattern ends is written with its complement: one look-up says both.
      row = table[row + (classes[text.charCodeAt(i)] as number)] as number;
      if (row >= 0) continue;
      row = ~row;
      for (let at = row / width; at >= 0; at = nextEnd[at] as number) {
        for (let p = ends[at] as number; p >= 0; p = twins[p] as number) {
          onOccurrence(ids[p] as number, i + 1);
        }
      }
    }
  }
}

/** Whether `buildAutomatons` makes a single one of patterns that are no longer than these and of the same letters. */
export function fitsOneAutomaton(patterns: readonly string[]): boolean {
  const units = new Set<string>();
  let length = 1;
  for (const pattern of patterns) {
    length += pattern.length;
    for (const unit of foldCase(pattern).split('')) units.add(unit);
  }
  const cap = units.size > WIDE_ALPHABET ? WIDE_TABLE_CAP : TABLE_CAP;
  return length * (units.size + 1) <= cap || patterns.length <= 1;
}

/** Automatons that together hold all patterns, each within the table's cap. */
export function buildAutomatons(patterns: readonly string[], ids: readonly number[]): LiteralAutomaton[] {
  if (patterns.length === 0) return [];
  if (fitsOneAutomaton(patterns)) return [new LiteralAutomaton(patterns, ids)];
  const half = patterns.length >> 1;
  return [
    ...buildAutomatons(patterns.slice(0, half), ids.slice(0, half)),
    ...buildAutomatons(patterns.slice(half), ids.slice(half)),
  ];
}
