import { runToEnd } from '../run-to-end.ts';
import { unitAt } from '../unit-at.ts';
import { classesOf, type LiteralTable, lettersOf, makingLiteralTable } from './literal-table.ts';

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
 * of patterns, none of which may be empty.
 */
export class LiteralAutomaton {
  private readonly classes: Uint16Array;
  private readonly classCount: number;
  private readonly table: Int32Array;
  private readonly firstEnd: number;
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

  constructor(
    { classes, classCount, table, firstEnd, following }: LiteralTable,
    meanings: readonly number[],
  ) {
    this.classes = classes;
    this.classCount = classCount;
    this.table = table;
    this.firstEnd = firstEnd;
    this.following = following;
    this.meanings = Int32Array.from(meanings);
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

/** Whether `buildAutomatons` makes a single one of patterns that are no longer than these and of the same letters. */
export function fitsOneAutomaton(patterns: readonly string[]): boolean {
  const { classCount } = classesOf(patterns);
  const cap = classCount > WIDE_ALPHABET ? WIDE_TABLE_CAP : TABLE_CAP;
  return (1 + lettersOf(patterns)) * classCount <= cap || patterns.length <= 1;
}

/** Automatons that together hold all patterns, each within the table's cap. */
export const buildAutomatons = (
  patterns: readonly string[],
  meanings: readonly number[],
): LiteralAutomaton[] => runToEnd(buildingAutomatons(patterns, meanings));

/** As `buildAutomatons`, with pauses for who must let others go on: one takes up to a tenth of a second. */
export function* buildingAutomatons(
  patterns: readonly string[],
  meanings: readonly number[],
): Generator<undefined, LiteralAutomaton[]> {
  if (patterns.length === 0) return [];
  yield;
  if (fitsOneAutomaton(patterns))
    return [new LiteralAutomaton(yield* makingLiteralTable(patterns), meanings)];
  const half = patterns.length >> 1;
  return [
    ...(yield* buildingAutomatons(patterns.slice(0, half), meanings.slice(0, half))),
    ...(yield* buildingAutomatons(patterns.slice(half), meanings.slice(half))),
  ];
}
