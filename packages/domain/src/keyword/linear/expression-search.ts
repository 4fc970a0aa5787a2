import type { RE2JS } from 're2js';
import { CharClasses, PAIR } from './char-classes.ts';
import { FORWARD, ForwardAutomaton } from './forward-automaton.ts';
import { canBeEmpty, type Program, programOf } from './program.ts';
import { REVERSE, ReverseAutomaton } from './reverse-automaton.ts';

/** Matches of one expression that are told of one text: beyond them nothing more is learnt, at a cost that grows. */
export const MATCHES_TOLD = 25;

interface Engine {
  readonly classes: CharClasses;
  readonly forward: ForwardAutomaton;
  readonly reverse: ReverseAutomaton;
}

/** States do not come back in this text: it is searched by re2js instead, which keeps none. */
class Wasteful extends Error {}

/**
 * Finds the first 25 matches of one expression that are not empty, leftmost ones first and not overlapping, as RE2 does.
 * It is led: `hit` names a position that a match may reach or end at. From there it walks back to where such a match
 * could have begun and forward until none can be under way; no part of a text is walked through more than once either
 * way, and again at most once for each match told.
 */
export class ExpressionSearch {
  readonly program: Program;
  /** Matches of empty text count for where the next one may begin, and nothing leads to them. */
  readonly isEverywhere: boolean;
  /** Where the matches found are: start, end, start, end. */
  readonly found: number[] = [];
  isOver = false;
  private readonly regex: RE2JS;
  /** Once automatons were not worth it, re2js searches all texts. */
  private isPlain = false;
  /** Characters walked over, either way. */
  private walked = 0;
  /** Made when the expression first has a hit: most have none. */
  private engine: Engine | null = null;
  private text = '';
  /** Matches that begin before are found, and no other is under way here. */
  private at = 0;
  private matchStart = 0;
  private matchEnd = 0;

  constructor(regex: RE2JS) {
    this.regex = regex;
    this.program = programOf(regex);
    this.isEverywhere = canBeEmpty(this.program);
  }

  begin(text: string): void {
    this.text = text;
    this.at = 0;
    this.found.length = 0;
    this.isOver = false;
  }

  /** Lets go of the text. */
  end(): void {
    this.text = '';
    this.found.length = 0;
    this.isOver = true;
  }

  /**
   * Looks for matches that take in the character before `end`. Gives the position up to which no further hit is of use.
   * Positions do not go down from call to call.
   */
  hit(end: number): number {
    if (this.isPlain) this.searchPlainly();
    else {
      try {
        this.searchTo(end);
      } catch (error) {
        this.giveUp(error);
      }
    }
    return this.isOver ? this.text.length : this.at;
  }

  /** Looks through the rest of the text. */
  searchAll(): void {
    if (this.isPlain) this.searchPlainly();
    else {
      try {
        while (!this.isOver && this.findFrom(this.at, this.text.length)) this.keep();
      } catch (error) {
        this.giveUp(error);
      }
    }
    this.isOver = true;
  }

  private searchTo(end: number): void {
    while (!this.isOver && end > this.at) {
      const from = this.beginningOf(end);
      if (from < 0) this.at = end;
      else if (this.findFrom(from, end)) this.keep();
    }
  }

  private giveUp(error: unknown): void {
    if (!(error instanceof Wasteful)) throw error;
    this.isPlain = true;
    this.engine = null;
    this.searchPlainly();
  }

  private searchPlainly(): void {
    const matcher = this.regex.matcher(this.text);
    while (!this.isOver && matcher.find(this.at)) {
      this.matchStart = matcher.start();
      this.matchEnd = matcher.end();
      this.keep();
    }
    this.isOver = true;
  }

  private keep(): void {
    const { matchStart, matchEnd } = this;
    if (matchEnd > matchStart) this.found.push(matchStart, matchEnd);
    this.at = Math.max(matchEnd, matchStart + 1);
    if (this.found.length >= 2 * MATCHES_TOLD || this.at > this.text.length) this.isOver = true;
  }

  private get parts(): Engine {
    if (this.engine === null) {
      const classes = new CharClasses(this.program);
      this.engine = {
        classes,
        forward: new ForwardAutomaton(this.program, classes),
        reverse: new ReverseAutomaton(this.program, classes),
      };
    }
    return this.engine;
  }

  /** Where the first match could have begun that is under way at `end`; -1 where none can be. */
  private beginningOf(end: number): number {
    return this.walkBack(end, this.parts.reverse.fromAny(), -1);
  }

  /** The first position, `best` where there is none, at which a thread begins that leads to `end` in this state. */
  private walkBack(end: number, state: number, best: number): number {
    const { text, at: least } = this;
    const { classes, reverse } = this.parts;
    const { states, kinds } = reverse;
    const { pages, units } = classes;
    let row = state;
    let first = best;
    for (let position = end; position > least; ) {
      let unit = text.charCodeAt(--position);
      let cls = units[(pages[unit >> 8] as number) + (unit & 255)] as number;
      if (unit >= 0xd800 && unit <= 0xdfff) {
        if (unit >= 0xdc00 && position > least) {
          const point = text.codePointAt(position - 1) as number;
          if (point > 0xffff) {
            unit = point;
            position--;
          }
        }
        cls = classes.classOf(unit);
      }
      const kindBefore = kinds === 1 ? 0 : classes.kindBefore(text, position);
      let next = states.table[row + cls * kinds + kindBefore] as number;
      if (next === 0) {
        next = reverse.step(row, cls, kindBefore);
        if (states.isWasteful(this.walked + end - position)) throw new Wasteful();
      }
      if (next > 0) {
        row = next;
        continue;
      }
      row = ~next;
      const flags = states.flagsOf(row);
      if ((flags & REVERSE.begins) !== 0) first = position;
      if ((flags & REVERSE.dead) !== 0) {
        this.walked += end - position;
        return first;
      }
    }
    this.walked += end - least;
    return first;
  }

  /** Finds the first match that begins at `from` or later; gives up where none is under way at `end` or after it. */
  private findFrom(from: number, end: number): boolean {
    const { text } = this;
    const { classes, forward, reverse } = this.parts;
    const { states } = forward;
    const { pages, units } = classes;
    const { length } = text;
    let row = forward.begin(classes.kindBefore(text, from));
    let matchEnd = -1;
    let position = from;
    while (position < length) {
      let after = position + 1;
      const unit = text.charCodeAt(position);
      let cls = units[(pages[unit >> 8] as number) + (unit & 255)] as number;
      if (cls === PAIR) {
        const point = text.codePointAt(position) as number;
        cls = classes.classOf(point);
        if (point > 0xffff) after++;
      }
      let next = states.table[row + cls] as number;
      if (next === 0) {
        next = forward.step(row, cls);
        if (states.isWasteful(this.walked + position - from)) throw new Wasteful();
      }
      if (next > 0) row = next;
      else {
        row = ~next;
        const flags = states.flagsOf(row);
        if ((flags & FORWARD.matched) !== 0) matchEnd = position;
        if ((flags & FORWARD.idle) !== 0) {
          if ((flags & FORWARD.searching) === 0) break;
          if (after >= end && after < length) {
            this.at = after;
            this.walked += after - from;
            return false;
          }
        }
      }
      position = after;
    }
    this.walked += position - from;
    if (position >= length) {
      const last = forward.step(row, classes.end);
      row = last < 0 ? ~last : last;
      if ((states.flagsOf(row) & FORWARD.matched) !== 0) matchEnd = length;
    }
    if (matchEnd < 0) {
      this.at = length;
      return false;
    }
    const kindAfter = classes.kindOf(matchEnd === length ? -1 : text.charCodeAt(matchEnd));
    const ended = reverse.fromMatch(classes.kindBefore(text, matchEnd), kindAfter);
    const endFlags = reverse.states.flagsOf(ended);
    const begins = (endFlags & REVERSE.begins) === 0 ? -1 : matchEnd;
    this.at = from;
    this.matchStart = this.walkBack(matchEnd, ended, begins);
    this.matchEnd = matchEnd;
    return true;
  }
}
