import { type CharClasses, holds, KINDS, placesBetween } from './char-classes.ts';
import { FirstRows, LazyStates } from './lazy-states.ts';
import { OP, type Program } from './program.ts';

/** Flags of a state besides the kind of the character before it. */
export const FORWARD = {
  /** No match yet: threads begin at each position. */
  searching: KINDS,
  /** A match ends before the character that was taken last. */
  matched: KINDS * 2,
  /** No thread that has begun earlier is left. */
  idle: KINDS * 4,
} as const;

const MAX_ENTRIES = 65_536;

/**
 * Runs all threads of an expression at once, the one that counts most first: that which began earliest, and of its
 * ways the one the expression prefers. A match ends all threads that count less.
 */
export class ForwardAutomaton {
  readonly states: LazyStates;
  private readonly firstRows: FirstRows;
  private readonly program: Program;
  private readonly classes: CharClasses;
  /** In which step an instruction was last reached, in which it was last put on the list. */
  private readonly reached: Int32Array;
  private readonly listed: Int32Array;
  private stepNumber = 0;

  constructor(program: Program, classes: CharClasses) {
    this.program = program;
    this.classes = classes;
    this.states = new LazyStates(classes.width, MAX_ENTRIES);
    this.firstRows = new FirstRows(this.states);
    this.reached = new Int32Array(program.ops.length);
    this.listed = new Int32Array(program.ops.length);
  }

  /** The state in which a search begins after a character of this kind. */
  begin(kindBefore: number): number {
    return this.firstRows.get(kindBefore, () =>
      this.states.rowOf([], kindBefore | FORWARD.searching | FORWARD.idle),
    );
  }

  /** Finds out the transition, with the complement for states that match or are idle. */
  step(row: number, cls: number): number {
    const { states, program, classes } = this;
    const { generation } = states;
    states.found++;
    const flags = states.flagsOf(row);
    const isSearching = (flags & FORWARD.searching) !== 0;
    const places = placesBetween(flags % KINDS, classes.kinds[cls] as number);
    const sample = classes.samples[cls] as number;
    this.stepNumber++;
    const next: number[] = [];
    let isMatch = false;
    for (const pc of states.listOf(row)) {
      isMatch = this.follow(pc, places, sample, next);
      if (isMatch) break;
    }
    if (!isMatch && isSearching) {
      const [start = 0] = program.starts;
      isMatch = this.follow(start, places, sample, next);
    }
    const nextFlags =
      (classes.kinds[cls] as number) |
      (isSearching && !isMatch ? FORWARD.searching : 0) |
      (isMatch ? FORWARD.matched : 0) |
      (next.length === 0 ? FORWARD.idle : 0);
    const nextRow = states.rowOf(next, nextFlags);
    const written = (nextFlags & (FORWARD.matched | FORWARD.idle)) === 0 ? nextRow : ~nextRow;
    if (states.generation === generation) states.table[row + cls] = written;
    return written;
  }

  /** Follows a thread in the order of its preferences up to what takes characters; true at a match. */
  private follow(thread: number, places: number, sample: number, next: number[]): boolean {
    const { ops, outs, args, ranges } = this.program;
    const { reached, listed, stepNumber } = this;
    const pending = [thread];
    for (let pc = pending.pop(); pc !== undefined; pc = pending.pop()) {
      if (reached[pc] === stepNumber) continue;
      reached[pc] = stepNumber;
      const out = outs[pc] as number;
      switch (ops[pc]) {
        case OP.match:
          return true;
        case OP.jump:
          pending.push(out);
          break;
        case OP.split:
          pending.push(args[pc] as number, out);
          break;
        case OP.assert:
          if (((args[pc] as number) & ~places) === 0) pending.push(out);
          break;
        case OP.chars:
          if (sample < 0 || listed[out] === stepNumber) break;
          if (holds(ranges[pc] as readonly number[], sample)) {
            listed[out] = stepNumber;
            next.push(out);
          }
          break;
        default:
          break;
      }
    }
    return false;
  }
}
