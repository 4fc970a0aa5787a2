import { AT, OP, type Program } from './program.ts';

/** What a neighbour is to an assertion: anything, a letter of an ASCII word, a line feed, the edge of the text. */
export const KIND = { other: 0, word: 1, line: 2, edge: 3 } as const;
export const KINDS = 4;

const WORD = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a] as const;

/** Class of the first half of a character beyond U+FFFF: the whole character has to be looked at. */
export const PAIR = 0;

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Places (`AT`) that lie between neighbours of these kinds. */
export function placesBetween(before: number, after: number): number {
  let places = (before === KIND.word) === (after === KIND.word) ? AT.noWordBoundary : AT.wordBoundary;
  if (before === KIND.edge) places |= AT.textBegin | AT.lineBegin;
  if (before === KIND.line) places |= AT.lineBegin;
  if (after === KIND.edge) places |= AT.textEnd | AT.lineEnd;
  if (after === KIND.line) places |= AT.lineEnd;
  return places;
}

/** Shares out the code points among classes that no instruction of a program tells apart. */
export class CharClasses {
  /** Number of classes, `PAIR` and the end of the text included. */
  readonly width: number;
  /** The class that stands for the end of the text. */
  readonly end: number;
  /** By class: a code point of it, and its kind. */
  readonly samples: readonly number[];
  readonly kinds: Uint8Array;
  /** Where in `units` the classes of 256 units lie. */
  readonly pages = new Int32Array(256);
  readonly units: Uint16Array;
  private readonly bounds: Int32Array;
  private readonly classes: Uint16Array;
  private readonly usesWords: boolean;
  private readonly usesLines: boolean;
  private readonly usesEdges: boolean;

  constructor(program: Program) {
    this.usesWords = (program.places & (AT.wordBoundary | AT.noWordBoundary)) !== 0;
    this.usesLines = (program.places & (AT.lineBegin | AT.lineEnd)) !== 0;
    this.usesEdges = program.places !== 0;
    const lists = new Set(program.ranges.filter((_, pc) => program.ops[pc] === OP.chars));
    const sets = new Map<string, readonly number[]>();
    for (const ranges of lists) sets.set(ranges.join(), ranges);
    if (this.usesWords) sets.set('words', WORD);
    if (this.usesLines) sets.set('lines', [10, 10]);
    const bounds = new Set([0]);
    for (const ranges of sets.values()) {
      ranges.forEach((point, at) => bounds.add(at % 2 === 0 ? point : point + 1));
    }
    this.bounds = Int32Array.from(bounds).sort();
    this.classes = this.partition([...sets.values()]);
    const samples = [-1];
    this.classes.forEach((id, at) => {
      samples[id] ??= this.bounds[at] as number;
    });
    this.end = samples.push(-1) - 1;
    this.samples = samples;
    this.width = samples.length;
    this.kinds = Uint8Array.from(samples, (point) => this.kindOf(point));
    this.units = this.writePages();
  }

  /** Class by interval between two bounds: refined by one set of code points after the other. */
  private partition(sets: readonly (readonly number[])[]): Uint16Array {
    const { bounds } = this;
    let classes: Uint16Array = new Uint16Array(bounds.length).fill(1);
    for (const ranges of sets) {
      const isIn = new Uint8Array(bounds.length);
      for (let r = 0; r < ranges.length; r += 2) {
        const last = ranges[r + 1] as number;
        for (let at = this.interval(ranges[r] as number); (bounds[at] as number) <= last; at++) isIn[at] = 1;
      }
      const ids = new Map<number, number>();
      classes = classes.map((id, at) => {
        const key = id * 2 + (isIn[at] as number);
        let refined = ids.get(key);
        if (refined === undefined) ids.set(key, (refined = ids.size + 1));
        return refined;
      });
    }
    return classes;
  }

  private interval(point: number): number {
    const { bounds } = this;
    let lo = 0;
    for (let hi = bounds.length; hi - lo > 1; ) {
      const middle = (lo + hi) >> 1;
      if ((bounds[middle] as number) <= point) lo = middle;
      else hi = middle;
    }
    return lo;
  }

  private writePages(): Uint16Array {
    const written: number[] = [];
    const uniform = new Map<number, number>();
    for (let page = 0; page < 256; page++) {
      const first = page << 8;
      const interval = this.interval(first);
      const isUniform = isHigh(first) || (this.bounds[interval + 1] ?? 0x110000) > first + 255;
      const id = isHigh(first) ? PAIR : (this.classes[interval] as number);
      const known = isUniform ? uniform.get(id) : undefined;
      this.pages[page] = known ?? written.length;
      if (known !== undefined) continue;
      if (isUniform) uniform.set(id, written.length);
      for (let unit = first; unit < first + 256; unit++) written.push(isUniform ? id : this.classOf(unit));
    }
    return Uint16Array.from(written);
  }

  /** Class by UTF-16 unit, for texts that are worth a table of 128 KiB. */
  unitTable(): Uint16Array {
    const table = new Uint16Array(0x10000);
    this.pages.forEach((from, page) => table.set(this.units.subarray(from, from + 256), page << 8));
    return table;
  }

  /** Class of a code point. */
  classOf(point: number): number {
    return this.classes[this.interval(point)] as number;
  }

  /** Kind of a code point, and of the edge of the text (negative), as far as the program tells kinds apart. */
  kindOf(point: number): number {
    if (point < 0) return this.usesEdges ? KIND.edge : KIND.other;
    if (point === 10) return this.usesLines ? KIND.line : KIND.other;
    if (!this.usesWords) return KIND.other;
    const isWord = WORD.some(
      (last, at) => at % 2 === 1 && point <= last && point >= (WORD[at - 1] as number),
    );
    return isWord ? KIND.word : KIND.other;
  }

  /** Kind of what stands before a position. */
  kindBefore(text: string, at: number): number {
    return this.usesEdges ? this.kindOf(at === 0 ? -1 : text.charCodeAt(at - 1)) : KIND.other;
  }
}

/** Whether a list of ranges holds a code point. */
export function holds(ranges: readonly number[], point: number): boolean {
  let lo = 0;
  for (let hi = ranges.length >> 1; lo < hi; ) {
    const middle = (lo + hi) >> 1;
    if ((ranges[middle * 2 + 1] as number) < point) lo = middle + 1;
    else hi = middle;
  }
  return lo * 2 < ranges.length && (ranges[lo * 2] as number) <= point;
}
