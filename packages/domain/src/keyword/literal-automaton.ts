import { unitAt } from '../unit-at.ts';
import { foldCase, foldUnits } from './fold-case.ts';

/**
 * Entries of one automaton's table: beyond this, the patterns are shared out among several. Of alphabets with
 * thousands of letters most entries are empty, so that several small tables are far smaller than a large one.
 */
const TABLE_CAP = 8_388_608;
const WIDE_TABLE_CAP = 1_048_576;
const WIDE_ALPHABET = 512;

/**
 * Units of a text that are gone through before what ends in them is told: a loop that calls nobody, and needs not look
 * whether there is room, takes half the time.
 */
const STRETCH = 2_048;

/**
 * Aho–Corasick as a complete automaton over folded units: one table look-up per unit of the text, whatever the number
 * of patterns, none of which may be empty. Units that no pattern holds share class 0.
 */
export class LiteralAutomaton {
  private readonly classes = new Uint16Array(0x10000);
  private readonly classCount: number;
  /** Rows of transitions, written as where the next state's row begins; the first pattern to tell of ends each row. */
  private readonly table: Int32Array;
  /** Where the rows begin of states in which patterns end: they come last. */
  private readonly firstEnd: number;
  /** What is told after a pattern: others that end where it does, the longest ones first; -1 for none. */
  private readonly following: Int32Array;
  /** By pattern. */
  private readonly meanings: Int32Array;
  /** Where the occurrence ends (exclusive) that `next` has told of. */
  end = 0;
  /** Its pattern; -1 before the first one. */
  private pattern = -1;
  private text = '';
  /** How far the text was read, and the row in which that has ended. */
  private read = 0;
  private row = 0;
  /** Where patterns end in the stretch read last, by twos: the row of the state, and the place. */
  private readonly ends = new Int32Array(2 * STRETCH);
  /** How many numbers were written there, and how many of them told of. */
  private written = 0;
  private told = 0;
  /** What is left out of the text of now; null while that is nothing. */
  private left: LeftOut | null = null;

  constructor(patterns: readonly string[], meanings: readonly number[]) {
    this.meanings = Int32Array.from(meanings);
    const folded = patterns.map(foldCase);
    let classCount = 1;
    for (const pattern of folded) {
      for (let i = 0; i < pattern.length; i++) {
        const unit = pattern.charCodeAt(i);
        if (this.classes[unit] === 0) this.classes[unit] = classCount++;
      }
    }
    // Folded classes for unfolded units: the scan then needs one look-up only.
    const folds = foldUnits();
    for (let unit = 0; unit < 0x10000; unit++) {
      this.classes[unit] = this.classes[folds[unit] as number] as number;
    }
    this.classCount = classCount;
    const maxStates = 1 + folded.reduce((sum, pattern) => sum + pattern.length, 0);
    const children = new Int32Array(maxStates * classCount);
    const ends = new Int32Array(maxStates).fill(-1);
    this.following = new Int32Array(folded.length).fill(-1);
    let states = 1;
    folded.forEach((pattern, index) => {
      let state = 0;
      for (let i = 0; i < pattern.length; i++) {
        const slot = state * classCount + (this.classes[pattern.charCodeAt(i)] as number);
        if (children[slot] === 0) children[slot] = states++;
        state = children[slot] as number;
      }
      this.following[index] = ends[state] as number;
      ends[state] = index;
    });
    this.complete(children, ends, states, classCount);
    const order = endsLast(ends, states);
    const width = classCount + 1;
    this.firstEnd = order.firstEnd * width;
    this.table = new Int32Array(states * width);
    for (let state = 0; state < states; state++) {
      const row = (order.places[state] as number) * width;
      for (let c = 0; c < classCount; c++) {
        const next = children[state * classCount + c] as number;
        this.table[row + c] = (order.places[next] as number) * width;
      }
      this.table[row + classCount] = ends[state] as number;
    }
  }

  /**
   * Fills in the missing transitions, breadth first, from each state's longest proper suffix, and lets what ends in the
   * suffix be told after what ends in the state.
   */
  private complete(children: Int32Array, ends: Int32Array, states: number, width: number): void {
    const { following } = this;
    const suffix = new Int32Array(states);
    const queue = new Int32Array(states);
    let tail = 0;
    for (let c = 1; c < width; c++) {
      const child = children[c] as number;
      if (child !== 0) queue[tail++] = child;
    }
    for (let head = 0; head < tail; head++) {
      const state = queue[head] as number;
      const fall = suffix[state] as number;
      let last = ends[state] as number;
      if (last < 0) ends[state] = ends[fall] as number;
      else {
        while ((following[last] as number) >= 0) last = following[last] as number;
        following[last] = ends[fall] as number;
      }
      for (let c = 1; c < width; c++) {
        const slot = state * width + c;
        const child = children[slot] as number;
        const fallChild = children[fall * width + c] as number;
        if (child === 0) children[slot] = fallChild;
        else {
          suffix[child] = fallChild;
          queue[tail++] = child;
        }
      }
    }
  }

  /**
   * Begins with a text. `next` then tells of every occurrence of every pattern in it, overlapping ones included, in one
   * pass, those that end earlier first.
   */
  begin(text: string): void {
    this.text = text;
    this.read = 0;
    this.row = 0;
    this.written = 0;
    this.told = 0;
    this.pattern = -1;
    this.left = null;
  }

  /** Goes to the next occurrence, which ends at `end`, and gives what its pattern means; -1 where there is none. */
  next(): number {
    const { table, ends, following } = this;
    let { pattern } = this;
    if (pattern >= 0)
      pattern = this.left === null ? (following[pattern] as number) : this.left.after(pattern);
    while (pattern < 0) {
      if (this.told === this.written && !this.readOn()) return -1;
      pattern = table[(ends[this.told] as number) + this.classCount] as number;
      this.end = ends[this.told + 1] as number;
      this.told += 2;
      if (this.left !== null) pattern = this.left.from(pattern);
    }
    this.pattern = pattern;
    return this.meanings[pattern] as number;
  }

  /** Passes over the pattern of now in the rest of the text, at no cost. */
  leaveOut(): void {
    this.left ??= new LeftOut(this.following);
    this.left.add(this.pattern);
  }

  /** Goes on to a stretch in which patterns end; false where the text ends before. */
  private readOn(): boolean {
    const { text } = this;
    this.told = 0;
    this.written = 0;
    while (this.written === 0 && this.read < text.length) {
      const to = Math.min(text.length, this.read + STRETCH);
      this.written = this.findEnds(text, this.read, to);
      this.read = to;
    }
    // The text is not kept longer than it is read.
    if (this.written === 0) this.begin('');
    return this.written > 0;
  }

  /** Goes through a stretch and writes down where patterns end in it; gives how many numbers it has written. */
  private findEnds(text: string, from: number, to: number): number {
    const { table, classes, firstEnd, ends } = this;
    let { row } = this;
    let count = 0;
    for (let at = from; at < to; at++) {
      row = table[row + (classes[unitAt(text, at)] as number)] as number;
      if (row < firstEnd) continue;
      ends[count++] = row;
      ends[count++] = at + 1;
    }
    this.row = row;
    return count;
  }
}

/** Patterns that are passed over in the chains of those that end together: their links are bent round them. */
class LeftOut {
  private readonly following: Int32Array;
  private readonly isOut: Uint8Array;

  constructor(following: Int32Array) {
    this.following = following.slice();
    this.isOut = new Uint8Array(following.length);
  }

  add(pattern: number): void {
    this.isOut[pattern] = 1;
  }

  /** This pattern, or the first after it that is not left out; -1 for none. */
  from(pattern: number): number {
    const { following, isOut } = this;
    let found = pattern;
    while (found >= 0 && isOut[found] === 1) found = following[found] as number;
    for (let at = pattern; at !== found; ) {
      const next = following[at] as number;
      following[at] = found;
      at = next;
    }
    return found;
  }

  after(pattern: number): number {
    return (this.following[pattern] = this.from(this.following[pattern] as number));
  }
}

/** Places of the states in an order in which those come last in which patterns end, and the first place of these. */
function endsLast(ends: Int32Array, states: number): { places: Int32Array; firstEnd: number } {
  const places = new Int32Array(states);
  let place = 0;
  for (let state = 0; state < states; state++) if ((ends[state] as number) < 0) places[state] = place++;
  const firstEnd = place;
  for (let state = 0; state < states; state++) if ((ends[state] as number) >= 0) places[state] = place++;
  return { places, firstEnd };
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
export function buildAutomatons(
  patterns: readonly string[],
  meanings: readonly number[],
): LiteralAutomaton[] {
  return [...buildingAutomatons(patterns, meanings)];
}

/** As `buildAutomatons`, one after the other: each takes up to a tenth of a second. */
export function* buildingAutomatons(
  patterns: readonly string[],
  meanings: readonly number[],
): Generator<LiteralAutomaton> {
  if (patterns.length === 0) return;
  if (fitsOneAutomaton(patterns)) {
    yield new LiteralAutomaton(patterns, meanings);
    return;
  }
  const half = patterns.length >> 1;
  yield* buildingAutomatons(patterns.slice(0, half), meanings.slice(0, half));
  yield* buildingAutomatons(patterns.slice(half), meanings.slice(half));
}
