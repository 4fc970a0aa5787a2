import { RE2JS } from 're2js';

/** What an instruction does. */
export const OP = { fail: 0, jump: 1, split: 2, assert: 3, match: 4, chars: 5 } as const;

/** Which places an assertion holds at, as re2js numbers them. */
export const AT = {
  lineBegin: 1,
  lineEnd: 2,
  textBegin: 4,
  textEnd: 8,
  wordBoundary: 16,
  noWordBoundary: 32,
} as const;

/** A compiled expression as flat tables, the counter of a thread being an index into them. */
export interface Program {
  readonly ops: Uint8Array;
  readonly outs: Int32Array;
  /** Second way of a split, tried after `outs`; places of an assertion; which expression a match is of. */
  readonly args: Int32Array;
  /** Code points that a `chars` instruction takes: first, last, first, last, in their order. */
  readonly ranges: readonly (readonly number[])[];
  readonly starts: readonly number[];
  /** Which places (`AT`) its assertions ask for. */
  readonly places: number;
}

/** Instructions as re2js 2.10 compiles them. */
interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  readonly runes: ArrayLike<number>;
}

const RE2 = {
  alt: 1,
  altMatch: 2,
  capture: 3,
  emptyWidth: 4,
  fail: 5,
  match: 6,
  nop: 7,
  rune: 8,
  rune1: 9,
  any: 10,
  anyNotNewline: 11,
} as const;
const FOLD_CASE = 1;
const LAST_POINT = 0x10ffff;

/** Reads the program that re2js has compiled: its parser and compiler are used, its matchers are not. */
export function programOf(regex: RE2JS): Program {
  const { inst, start } = regex.re2().prog as {
    readonly inst: readonly Instruction[];
    readonly start: number;
  };
  const program = {
    ops: new Uint8Array(inst.length),
    outs: new Int32Array(inst.length),
    args: new Int32Array(inst.length),
    ranges: inst.map((): readonly number[] => []),
    starts: [start],
    places: 0,
  };
  // Instructions of a repetition share their list of code points: what is made of it is shared as well.
  const ranges = new Map<ArrayLike<number>, readonly number[]>();
  inst.forEach((each, pc) => {
    program.outs[pc] = each.out;
    program.ops[pc] = opOf(each);
    if (each.op === RE2.alt || each.op === RE2.altMatch) program.args[pc] = each.arg;
    if (each.op === RE2.emptyWidth) {
      program.args[pc] = each.arg;
      program.places |= each.arg;
    }
    const isList = each.op === RE2.rune && each.runes.length > 1;
    const known = isList ? ranges.get(each.runes) : undefined;
    program.ranges[pc] = known ?? rangesOf(each);
    if (isList) ranges.set(each.runes, program.ranges[pc] as readonly number[]);
  });
  // The first instruction is where threads end that can go nowhere.
  program.ops[0] = OP.fail;
  return program;
}

function opOf({ op }: Instruction): number {
  switch (op) {
    case RE2.alt:
    case RE2.altMatch:
      return OP.split;
    case RE2.capture:
    case RE2.nop:
      return OP.jump;
    case RE2.emptyWidth:
      return OP.assert;
    case RE2.fail:
      return OP.fail;
    case RE2.match:
      return OP.match;
    case RE2.rune:
    case RE2.rune1:
    case RE2.any:
    case RE2.anyNotNewline:
      return OP.chars;
    default:
      throw new Error(`re2js compiles to an instruction that is not known here: ${op}`);
  }
}

function rangesOf({ op, arg, runes }: Instruction): readonly number[] {
  switch (op) {
    case RE2.any:
      return [0, LAST_POINT];
    case RE2.anyNotNewline:
      return [0, 9, 11, LAST_POINT];
    case RE2.rune:
    case RE2.rune1: {
      const [point] = Array.from(runes);
      if (runes.length !== 1 || point === undefined) return Array.from(runes);
      return op === RE2.rune && (arg & FOLD_CASE) !== 0 ? foldsOf(point) : [point, point];
    }
    default:
      return [];
  }
}

const foldsKnown = new Map<number, readonly number[]>();

/** All letters that re2js takes for this one where case does not count. */
function foldsOf(point: number): readonly number[] {
  let folds = foldsKnown.get(point);
  if (folds === undefined) {
    // In a class with a character that has no case, all forms are written out.
    const { inst } = RE2JS.compile(`[\\x{${point.toString(16)}}\\x{0}]`, RE2JS.CASE_INSENSITIVE).re2()
      .prog as { readonly inst: readonly Instruction[] };
    const written = inst.find(({ op }) => op === RE2.rune)?.runes ?? [];
    folds = Array.from(written).slice(2);
    foldsKnown.set(point, folds);
  }
  return folds;
}

/** One program whose matches say which of the given ones matched. */
export function joinPrograms(parts: readonly Program[]): Program {
  const size = parts.reduce((sum, { ops }) => sum + ops.length, 0);
  const joined = { ops: new Uint8Array(size), outs: new Int32Array(size), args: new Int32Array(size) };
  const ranges: (readonly number[])[] = [];
  const starts: number[] = [];
  let places = 0;
  for (const [index, program] of parts.entries()) {
    const base = ranges.length;
    program.ops.forEach((op, pc) => {
      const arg = program.args[pc] as number;
      joined.ops[base + pc] = op;
      joined.outs[base + pc] = base + (program.outs[pc] as number);
      joined.args[base + pc] = op === OP.match ? index : op === OP.split ? base + arg : arg;
    });
    ranges.push(...program.ranges);
    for (const start of program.starts) starts.push(base + start);
    places |= program.places;
  }
  return { ...joined, ranges, starts, places };
}

/** Whether there is a place at which the expression matches without taking a character; given `places`, one that is all of these. */
export function canBeEmpty({ ops, outs, args, starts }: Program, places = -1): boolean {
  const seen = new Set<number>();
  const pending = [...starts];
  for (let pc = pending.pop(); pc !== undefined; pc = pending.pop()) {
    if (seen.has(pc)) continue;
    seen.add(pc);
    const op = ops[pc];
    if (op === OP.match) return true;
    if (op === OP.chars || op === OP.fail) continue;
    if (op === OP.assert && ((args[pc] as number) & ~places) !== 0) continue;
    pending.push(outs[pc] as number);
    if (op === OP.split) pending.push(args[pc] as number);
  }
  return false;
}
