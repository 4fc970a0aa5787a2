import { RE2JS, RE2Set } from 're2js';
import { invalidInput } from '../errors.ts';
import type { KeywordRule } from './keyword-rule.ts';

/** Instructions of the compiled expression: counted repetitions of repetitions multiply. */
const PROGRAM_CAP = 5_000;

/** Compiles a regular expression for the linear-time engine; throws INVALID_INPUT that names what is not supported. */
export function compileRegex(rule: KeywordRule): RE2JS {
  try {
    const flags = rule.caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE;
    const regex = RE2JS.compile(rule.pattern, flags);
    if (regex.programSize() > PROGRAM_CAP) {
      throw invalidInput('The regular expression is too large: repeat fewer times.', 'pattern');
    }
    if (regex.matches('')) {
      throw invalidInput('The regular expression matches the empty text, which is everywhere.', 'pattern');
    }
    return regex;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'DomainFlowError') throw error;
    const hint = /\\[1-9]|\(\?[=!<>]/.test(rule.pattern)
      ? ' Back-references and look-around are not supported, because they cannot run in linear time.'
      : '';
    throw invalidInput(`Not a usable regular expression: ${error.message}.${hint}`, 'pattern');
  }
}

/** Units that are tested at once for holding a match at all, and units before them that a match may begin in. */
const STRIDE = 1_024;
const OVERLAP = 512;

/** Matches of one expression that are told of one text: beyond them nothing more is learnt, at a cost that grows. */
export const MATCHES_TOLD = 25;

/**
 * The first 25 non-empty matches in the text, not overlapping. The engine says ten times faster whether a stretch holds a match
 * than where it is, so stretches without are passed over. A match of more than 512 units may be told by its end only.
 */
export function eachMatch(regex: RE2JS, text: string, onMatch: (start: number, end: number) => void): void {
  const search = new MatchSearch(regex, Number.POSITIVE_INFINITY);
  search.begin(text);
  search.look(0, text.length);
  search.end(onMatch);
}

/**
 * Looks for the matches of one expression in stretches of a text, given in their order; what overlaps is looked
 * through once.
 */
export class MatchSearch {
  /** Units of the longest match, as far as it is looked for around a literal. */
  readonly reach: number;
  private readonly regex: RE2JS;
  private text = '';
  private matcher: ReturnType<RE2JS['matcher']> | null = null;
  private lo = 0;
  private hi = -1;
  /** Where the last match ended. */
  private from = 0;
  private isOver = false;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  constructor(regex: RE2JS, longest: number) {
    this.regex = regex;
    this.reach = Math.min(longest, OVERLAP);
  }

  begin(text: string): void {
    this.text = text;
    this.matcher = null;
    this.lo = 0;
    this.hi = -1;
    this.from = 0;
    this.isOver = false;
    this.starts.length = 0;
    this.ends.length = 0;
  }

  /** A match may lie in `[lo, hi)`; neither goes down from call to call. */
  look(lo: number, hi: number): void {
    if (this.isOver) return;
    if (lo <= this.hi) {
      if (hi > this.hi) this.hi = hi;
      return;
    }
    this.search();
    this.lo = lo;
    this.hi = hi;
  }

  /** Tells of the matches and lets go of the text. */
  end(onMatch: (start: number, end: number) => void): void {
    if (!this.isOver) this.search();
    this.starts.forEach((start, index) => onMatch(start, this.ends[index] as number));
    this.text = '';
    this.matcher = null;
  }

  private search(): void {
    const { text, regex } = this;
    const hi = Math.min(this.hi, text.length);
    let at = Math.max(0, this.lo);
    while (at < hi || at < this.from) {
      at = Math.max(at, this.from);
      if (at >= hi) return;
      const stretchEnd = Math.min(hi, at + STRIDE);
      const begin = Math.max(this.from, at === this.lo ? at : at - this.reach, 0);
      const isLast = stretchEnd === text.length;
      // From a unit before: what is no word boundary in the text must be none in the stretch.
      if (!isLast && !regex.test(text.slice(Math.max(0, begin - 1), stretchEnd))) {
        at = stretchEnd;
        continue;
      }
      this.matcher ??= regex.matcher(text);
      if (!this.matcher.find(begin)) {
        this.isOver = true;
        return;
      }
      this.keep(this.matcher.start(), this.matcher.end());
      if (this.isOver) return;
    }
  }

  private keep(start: number, end: number): void {
    if (end > start) {
      this.starts.push(start);
      this.ends.push(end);
    }
    this.from = Math.max(end, start + 1);
    if (this.starts.length >= MATCHES_TOLD || this.from >= this.text.length) this.isOver = true;
  }
}

/** Expressions of one set; sets that are too large lose the speed that they are for. */
const SET_SIZE = 64;

/**
 * Finds which of many expressions occur in a text at all, all of them in one pass: searching for the places of a
 * single one costs ten times that pass, and most occur nowhere.
 */
export function compileOccurrenceTest(
  rules: readonly KeywordRule[],
): (text: string, onOccurrence: (index: number) => void) => void {
  const sets: { set: RE2Set; from: number }[] = [];
  for (let from = 0; from < rules.length; from += SET_SIZE) {
    const set = new RE2Set(RE2Set.UNANCHORED);
    for (const rule of rules.slice(from, from + SET_SIZE)) {
      set.add(rule.caseSensitive ? `(?:${rule.pattern})` : `(?i:${rule.pattern})`);
    }
    set.compile();
    sets.push({ set, from });
  }
  return (text, onOccurrence) => {
    for (const { set, from } of sets) for (const index of set.match(text)) onOccurrence(from + index);
  };
}
