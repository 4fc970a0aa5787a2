import { runToEnd } from '../../run-to-end.ts';
import { CharClasses, holds, KINDS, PAIR, placesBetween } from './char-classes.ts';
import { LazyStates } from './lazy-states.ts';
import { joinPrograms, OP, type Program } from './program.ts';

/** Expressions of one automaton at first, and their instructions: more make more states than are worth keeping. */
const GROUP_SIZE = 128;
const GROUP_INSTRUCTIONS = 30_000;
/** Numbers in the lists of code points of one automaton, which are told apart at once. */
const GROUP_RANGES = 600_000;
const LEAST_ENTRIES = 65_536;
const ENTRIES_EACH = 8_192;
/** Characters for each new state below which making states costs more than having them saves. */
const WORTH = 20;

/** Passes that searching with re2js is worth. */
const UNLED_PASSES = 20;

interface Member {
  readonly program: Program;
  readonly id: number;
}

/** Called for each position at which a match of an expression ends; false where no more is to be told of it. */
type OnEnd = (id: number, end: number) => boolean;

/** Finds the ends of all matches of many expressions, overlapping ones included, in one pass over a text. */
export class SetAutomaton {
  private readonly members: readonly Member[];
  private readonly program: Program;
  private readonly classes: CharClasses;
  private readonly units: Uint16Array;
  private readonly states: LazyStates;
  /** By state: the members that match there, and in which text all of them have had enough. */
  private ending: (readonly number[])[] = [];
  private silent: number[] = [];
  private textNumber = 0;
  /** Characters since all states were forgotten. */
  private walked = 0;
  private readonly reached: Int32Array;
  private stepNumber = 0;

  constructor(members: readonly Member[]) {
    this.members = members;
    this.program = joinPrograms(members.map(({ program }) => program));
    this.classes = new CharClasses(this.program);
    this.units = this.classes.unitTable();
    this.states = new LazyStates(this.classes.width, LEAST_ENTRIES + members.length * ENTRIES_EACH);
    this.reached = new Int32Array(this.program.ops.length);
  }

  /** Searches the text; false where it gives up because states do not come back: smaller sets may do better. */
  scan(text: string, onEnd: OnEnd): boolean {
    const { states, units, classes } = this;
    const { length } = text;
    this.textNumber++;
    let walkedFrom = -this.walked;
    let row = states.rowOf([], classes.kindBefore(text, 0));
    let position = 0;
    while (position < length) {
      let after = position + 1;
      let cls = units[text.charCodeAt(position)] as number;
      if (cls === PAIR) {
        const point = text.codePointAt(position) as number;
        cls = classes.classOf(point);
        if (point > 0xffff) after++;
      }
      let next = states.table[row + cls] as number;
      if (next === 0) {
        const { generation, size } = states;
        next = this.step(row, cls);
        if (states.generation !== generation) {
          if (position - walkedFrom < WORTH * size) return false;
          walkedFrom = position;
        }
      }
      if (next < 0) {
        next = ~next;
        const state = next / states.stride;
        if (this.silent[state] !== this.textNumber) this.tell(state, position, onEnd);
      }
      row = next;
      position = after;
    }
    const last = this.step(row, classes.end);
    if (last < 0) this.tell(~last / states.stride, length, onEnd);
    this.walked = length - walkedFrom;
    return true;
  }

  /** The only member; null where there are more. */
  get only(): Member | null {
    return this.members.length === 1 ? (this.members[0] as Member) : null;
  }

  /** Two automatons of half the members each. */
  halves(): SetAutomaton[] {
    const half = this.members.length >> 1;
    return [new SetAutomaton(this.members.slice(0, half)), new SetAutomaton(this.members.slice(half))];
  }

  private tell(state: number, end: number, onEnd: OnEnd): void {
    let isSilent = true;
    for (const member of this.ending[state] ?? []) {
      if (onEnd((this.members[member] as Member).id, end)) isSilent = false;
    }
    if (isSilent) this.silent[state] = this.textNumber;
  }

  private step(row: number, cls: number): number {
    const { states, classes, program } = this;
    const { generation } = states;
    const places = placesBetween(states.flagsOf(row) % KINDS, classes.kinds[cls] as number);
    const next = new Set<number>();
    const ids = new Set<number>();
    this.stepNumber++;
    const sample = classes.samples[cls] as number;
    this.follow(states.listOf(row), places, sample, next, ids);
    this.follow(program.starts, places, sample, next, ids);
    const list = [...next].sort((a, b) => a - b);
    const sortedIds = [...ids].sort((a, b) => a - b);
    // What matches is no thread, but tells states apart: beyond all instructions, so that nothing follows it.
    const key = sortedIds.map((id) => program.ops.length + id);
    const nextRow = states.rowOf([...list, ...key], classes.kinds[cls] as number);
    if (states.generation !== generation) {
      this.ending = [];
      this.silent = [];
    }
    if (ids.size > 0) this.ending[nextRow / states.stride] = sortedIds;
    const written = ids.size > 0 ? ~nextRow : nextRow;
    if (states.generation === generation) states.table[row + cls] = written;
    return written;
  }

  private follow(
    threads: Iterable<number>,
    places: number,
    sample: number,
    next: Set<number>,
    ids: Set<number>,
  ): void {
    const { ops, outs, args, ranges } = this.program;
    const { reached, stepNumber } = this;
    const pending = [...threads];
    for (let pc = pending.pop(); pc !== undefined; pc = pending.pop()) {
      if (pc >= ops.length || reached[pc] === stepNumber) continue;
      reached[pc] = stepNumber;
      const out = outs[pc] as number;
      switch (ops[pc]) {
        case OP.match:
          ids.add(args[pc] as number);
          break;
        case OP.split:
          pending.push(out, args[pc] as number);
          break;
        case OP.jump:
          pending.push(out);
          break;
        case OP.assert:
          if (((args[pc] as number) & ~places) === 0) pending.push(out);
          break;
        case OP.chars:
          if (sample >= 0 && holds(ranges[pc] as readonly number[], sample)) next.add(out);
          break;
        default:
          break;
      }
    }
  }
}

function groupsOf(members: readonly Member[]): Member[][] {
  const groups: Member[][] = [];
  let group: Member[] = [];
  let instructions = 0;
  let numbers = 0;
  for (const member of members) {
    const { ops, ranges } = member.program;
    const itsNumbers = [...new Set(ranges)].reduce((sum, list) => sum + list.length, 0);
    const isFull =
      group.length === GROUP_SIZE ||
      instructions + ops.length > GROUP_INSTRUCTIONS ||
      numbers + itsNumbers > GROUP_RANGES;
    if (group.length === 0 || isFull) {
      groups.push((group = []));
      instructions = numbers = 0;
    }
    group.push(member);
    instructions += ops.length;
    numbers += itsNumbers;
  }
  return groups;
}

/** Expressions that nothing else leads to, searched for together: a set of automatons that finds its own cut. */
export class ExpressionSet {
  private automatons: SetAutomaton[] = [];
  /** Expressions whose states do not come back even alone. */
  private readonly unled: number[] = [];

  /** Makes the automatons of a set, with a pause after each for who must let others go on. */
  static *making(members: readonly Member[]): Generator<undefined, ExpressionSet> {
    const made = new ExpressionSet();
    for (const group of groupsOf(members)) {
      made.automatons.push(new SetAutomaton(group));
      yield;
    }
    return made;
  }

  /** What texts cost, in passes of one automaton. */
  get passes(): number {
    return this.automatons.length + this.unled.length * UNLED_PASSES;
  }

  /**
   * Tells of the ends of all matches; of an expression in their order, some of them more than once. Gives the expressions
   * that have to be searched for everywhere instead.
   */
  scan(text: string, onEnd: OnEnd): readonly number[] {
    return runToEnd(this.scanning(text, onEnd));
  }

  /** As `scan`, with a pause before each pass. */
  *scanning(text: string, onEnd: OnEnd): Generator<undefined, readonly number[]> {
    const pending = [...this.automatons];
    const used: SetAutomaton[] = [];
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      yield;
      if (next.scan(text, onEnd)) used.push(next);
      else if (next.only === null) pending.unshift(...next.halves());
      else this.unled.push(next.only.id);
    }
    this.automatons = used;
    return this.unled;
  }
}
