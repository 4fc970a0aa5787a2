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
  const matcher = regex.matcher(text);
  let from = 0;
  let told = 0;
  while (from < text.length && told < MATCHES_TOLD) {
    let at = from;
    while (at + STRIDE < text.length && !regex.test(text.slice(Math.max(from, at - OVERLAP), at + STRIDE))) {
      at += STRIDE;
    }
    if (!matcher.find(Math.max(from, at - OVERLAP))) return;
    const start = matcher.start();
    const end = matcher.end();
    if (end > start) {
      told++;
      onMatch(start, end);
    }
    from = Math.max(end, start + 1);
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
