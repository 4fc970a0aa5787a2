import { type CharClasses, holds, KINDS, placesBetween } from './char-classes.ts';
import { FirstRows, LazyStates } from './lazy-states.ts';
import { OP, type Program } from './program.ts';

/** Flags of a state. */
export const REVERSE = {
  /** A thread that begins here gets to where the walk came from. */
  begins: 1,
  /** No thread gets there from here or from before. */
  dead: 2,
} as const;

const MAX_ENTRIES = 65_536;

/** Walks a text backwards and says where threads of an expression must have begun that get to a place. */
export class ReverseAutomaton {
  readonly states: LazyStates;
  private readonly firstRows: FirstRows;
  /** Columns for each class: one for each kind of the character before, where that makes a difference. */
  readonly kinds: number;
  private readonly program: Program;
  private readonly classes: CharClasses;
  /** Where threads can stand between two characters. */
  private readonly resting: readonly number[];
  /** By instruction: those that go on to it without taking a character. */
  private readonly before: readonly number[][];
  private readonly chars: readonly number[];
  private readonly matches: readonly number[];
  private readonly marked: Int32Array;
  private markNumber = 0;

  constructor(program: Program, classes: CharClasses) {
    this.program = program;
    this.classes = classes;
    this.kinds = program.places === 0 ? 1 : KINDS;
    this.states = new LazyStates(classes.width * this.kinds, MAX_ENTRIES);
    this.firstRows = new FirstRows(this.states);
    const { ops, outs, args, starts } = program;
    const before: number[][] = Array.from(ops, () => []);
    const resting = new Set(starts);
    const chars: number[] = [];
    const matches: number[] = [];
    ops.forEach((op, pc) => {
      const out = outs[pc] as number;
      if (op === OP.chars) {
        chars.push(pc);
        resting.add(out);
      } else if (op === OP.match) matches.push(pc);
      else if (op !== OP.fail) {
        before[out]?.push(pc);
        if (op === OP.split) before[args[pc] as number]?.push(pc);
      }
    });
    this.before = before;
    this.resting = [...resting].sort((a, b) => a - b);
    this.chars = chars;
    this.matches = matches;
    this.marked = new Int32Array(ops.length);
  }

  /** The state of any thread at all. */
  fromAny(): number {
    return this.firstRows.get(KINDS * KINDS, () => this.rowOf(this.resting));
  }

  /** The state of threads that match between characters of these kinds. */
  fromMatch(kindBefore: number, kindAfter: number): number {
    return this.firstRows.get(kindBefore * KINDS + kindAfter, () =>
      this.rowOf(this.leadingTo(this.matches, placesBetween(kindBefore, kindAfter))),
    );
  }

  /** Finds out the transition over a character, `kindBefore` being that of the character before it. */
  step(row: number, cls: number, kindBefore: number): number {
    const { states, program, classes } = this;
    const { generation } = states;
    states.found++;
    const there = new Set(states.listOf(row));
    const sample = classes.samples[cls] as number;
    const taken = this.chars.filter(
      (pc) => there.has(program.outs[pc] as number) && holds(program.ranges[pc] as readonly number[], sample),
    );
    const places = placesBetween(kindBefore, classes.kinds[cls] as number);
    const nextRow = this.rowOf(this.leadingTo(taken, places));
    const written = states.flagsOf(nextRow) === 0 ? nextRow : ~nextRow;
    if (states.generation === generation) states.table[row + cls * this.kinds + kindBefore] = written;
    return written;
  }

  private rowOf(list: readonly number[]): number {
    const [start = 0] = this.program.starts;
    const flags = (list.includes(start) ? REVERSE.begins : 0) | (list.length === 0 ? REVERSE.dead : 0);
    return this.states.rowOf(list, flags);
  }

  /** Resting places from which threads get to one of these instructions without a character, at such a place. */
  private leadingTo(goals: readonly number[], places: number): number[] {
    const { marked } = this;
    const { ops, args } = this.program;
    const mark = ++this.markNumber;
    const pending = [...goals];
    for (let pc = pending.pop(); pc !== undefined; pc = pending.pop()) {
      if (marked[pc] === mark) continue;
      if (ops[pc] === OP.assert && ((args[pc] as number) & ~places) !== 0) continue;
      marked[pc] = mark;
      pending.push(...(this.before[pc] as number[]));
    }
    return this.resting.filter((pc) => marked[pc] === mark);
  }
}
