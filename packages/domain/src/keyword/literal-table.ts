import { unitAt } from '../unit-at.ts';
import { foldUnits } from './fold-case.ts';

/** What an automaton over literals walks through, as `LiteralAutomaton` says. */
export interface LiteralTable {
  /** Class of each UTF-16 unit, folded or not; units that no pattern holds share class 0. */
  readonly classes: Uint16Array;
  readonly classCount: number;
  /** Rows of transitions, written as where the next state's row begins; the first pattern to tell of ends each row. */
  readonly table: Int32Array;
  /** Where the rows begin of states in which patterns end: they come last. */
  readonly firstEnd: number;
  /** What is told after a pattern: others that end where it does, the longest ones first; -1 for none. */
  readonly following: Int32Array;
}

/** Entries of a table, and patterns, that are gone through before others get their turn: about a millisecond. */
const ENTRIES_AT_ONCE = 131_072;
const PATTERNS_AT_ONCE = 512;

/** The complete automaton of Aho and Corasick for patterns that are not empty. */
export function* makingLiteralTable(patterns: readonly string[]): Generator<undefined, LiteralTable> {
  const { classes, classCount } = classesOf(patterns);
  yield;
  const rowsAtOnce = Math.ceil(ENTRIES_AT_ONCE / classCount);
  const maxStates = 1 + lettersOf(patterns);
  const children = new Int32Array(maxStates * classCount);
  const ends = new Int32Array(maxStates).fill(-1);
  const following = new Int32Array(patterns.length).fill(-1);
  let states = 1;
  for (const [index, pattern] of patterns.entries()) {
    if (index % PATTERNS_AT_ONCE === PATTERNS_AT_ONCE - 1) yield;
    let state = 0;
    for (let at = 0; at < pattern.length; at++) {
      const slot = state * classCount + (classes[unitAt(pattern, at)] as number);
      if (children[slot] === 0) children[slot] = states++;
      state = children[slot] as number;
    }
    following[index] = ends[state] as number;
    ends[state] = index;
  }
  yield* complete({ children, ends, following, states, classCount, rowsAtOnce });
  const order = endsLast(ends, states);
  const width = classCount + 1;
  const table = new Int32Array(states * width);
  for (let state = 0; state < states; state++) {
    if (state % rowsAtOnce === rowsAtOnce - 1) yield;
    const row = (order.places[state] as number) * width;
    for (let c = 0; c < classCount; c++) {
      const next = children[state * classCount + c] as number;
      table[row + c] = (order.places[next] as number) * width;
    }
    table[row + classCount] = ends[state] as number;
  }
  return { classes, classCount, table, firstEnd: order.firstEnd * width, following };
}

/** UTF-16 units of all patterns. */
export const lettersOf = (patterns: readonly string[]): number =>
  patterns.reduce((sum, { length }) => sum + length, 0);

/** Classes of all units, case aside: the scan then needs one look-up only. Those in no pattern are one of them. */
export function classesOf(patterns: readonly string[]): { classes: Uint16Array; classCount: number } {
  const folds = foldUnits();
  const classes = new Uint16Array(0x10000);
  let classCount = 1;
  for (const pattern of patterns) {
    for (let at = 0; at < pattern.length; at++) {
      const unit = folds[unitAt(pattern, at)] as number;
      if (classes[unit] === 0) classes[unit] = classCount++;
    }
  }
  for (let unit = 0; unit < 0x10000; unit++) classes[unit] = classes[folds[unit] as number] as number;
  return { classes, classCount };
}

interface Trie {
  readonly children: Int32Array;
  readonly ends: Int32Array;
  readonly following: Int32Array;
  readonly states: number;
  readonly classCount: number;
  readonly rowsAtOnce: number;
}

/**
 * Fills in the missing transitions, breadth first, from each state's longest proper suffix, and lets what ends in the
 * suffix be told after what ends in the state.
 */
function* complete({
  children,
  ends,
  following,
  states,
  classCount,
  rowsAtOnce,
}: Trie): Generator<undefined, void> {
  const suffix = new Int32Array(states);
  const queue = new Int32Array(states);
  let tail = 0;
  for (let c = 1; c < classCount; c++) {
    const child = children[c] as number;
    if (child !== 0) queue[tail++] = child;
  }
  for (let head = 0; head < tail; head++) {
    if (head % rowsAtOnce === rowsAtOnce - 1) yield;
    const state = queue[head] as number;
    const fall = suffix[state] as number;
    let last = ends[state] as number;
    if (last < 0) ends[state] = ends[fall] as number;
    else {
      while ((following[last] as number) >= 0) last = following[last] as number;
      following[last] = ends[fall] as number;
    }
    for (let c = 1; c < classCount; c++) {
      const slot = state * classCount + c;
      const child = children[slot] as number;
      const fallChild = children[fall * classCount + c] as number;
      if (child === 0) children[slot] = fallChild;
      else {
        suffix[child] = fallChild;
        queue[tail++] = child;
      }
    }
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
