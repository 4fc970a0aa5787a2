import type { PageFeatures } from '../content/page-features.ts';
import { foldSpace } from '../content/storable-text.ts';
import { runToEnd } from '../run-to-end.ts';
import type { KeywordMatch } from '../scoring/lead-findings.ts';
import { compileRegex } from './compile-regex.ts';
import type { KeywordRule } from './keyword-rule.ts';
import { ExpressionSearch } from './linear/expression-search.ts';
import { ExpressionSet } from './linear/set-automaton.ts';
import { buildingAutomatons, fitsOneAutomaton, type LiteralAutomaton } from './literal-automaton.ts';
import { PageMatches, partsOf } from './page-matches.ts';
import { requiredLiterals } from './required-literals.ts';
import { type RuleMatch, RuleOccurrences } from './rule-occurrences.ts';
import { standsAlone } from './word-boundary.ts';

export interface KeywordMatcher {
  /** How many rules there are that are active. */
  readonly size: number;
  /** How often a text is walked through besides for literals: for expressions that no literal leads to. */
  readonly furtherPasses: number;
  /**
   * Matches in all places of a page, one for each rule and place. Of pages one hop away those in places in which the rule
   * matched on none before.
   */
  matchPage(page: PageFeatures): KeywordMatch[];
  /**
   * As `matchPage`, with a pause after each expression for who must let others go on. Nothing else may be matched with
   * it until it has ended.
   */
  matchingPage(page: PageFeatures): Generator<undefined, KeywordMatch[]>;
  /** Matches in one text, by rule. */
  matchText(text: string): RuleMatch[];
}

/**
 * Occurrences of literals that are looked at in one text: so many, and two more for each of its units. In a text of any
 * language a unit ends less than one. Beyond, each rule is looked at once more, and what is told of it is "at least".
 */
const LOOKS = 100_000;
const LOOKS_PER_UNIT = 2;
/** 2 to the power of this: units compared for a rule that is sensitive to case that count as one more look. */
const UNITS_PER_LOOK_BITS = 3;

/** An expression and the index of its rule. */
interface Expression {
  readonly id: number;
  readonly search: ExpressionSearch;
}

/**
 * Compiles keyword rules so that all literal ones run in one pass over a text, and with them the literals of which each
 * match of an expression must hold one: such an expression is searched for around these only. Expressions without such
 * literals are led by a second pass for all of them together. All of it takes time linear in the text; of literals also
 * where all of them end at each of its letters (`LOOKS`). Inactive rules are left out. Throws INVALID_INPUT on an
 * unsupported expression.
 */
export const compileKeywords = (rules: readonly KeywordRule[]): KeywordMatcher =>
  runToEnd(compilingKeywords(rules));

/** As `compileKeywords`, with pauses for who must let others go on. */
export function* compilingKeywords(rules: readonly KeywordRule[]): Generator<undefined, KeywordMatcher> {
  const active = rules.filter((rule) => rule.active);
  const patterns: string[] = [];
  /** What an occurrence of a pattern means: the rule, or beyond them an expression that is led by it. */
  const meanings: number[] = [];
  /** Of literal rules: their lengths, and those that are sensitive to case as they stand in a text. */
  const lengths = new Int32Array(active.length);
  const exactly: (string | undefined)[] = active.map(() => undefined);
  const led: Expression[] = [];
  const leading: { readonly literal: string; readonly meaning: number }[] = [];
  const loose: Expression[] = [];
  const everywhere: Expression[] = [];
  for (const [id, rule] of active.entries()) {
    yield;
    if (rule.kind === 'literal') {
      const text = foldSpace(rule.pattern);
      if (text === '') continue;
      lengths[id] = text.length;
      if (rule.caseSensitive) exactly[id] = text;
      patterns.push(text);
      meanings.push(id);
      continue;
    }
    const search = new ExpressionSearch(compileRegex(rule));
    const literals = requiredLiterals(rule.pattern);
    if (search.isEverywhere) everywhere.push({ id, search });
    else if (literals === null) loose.push({ id, search });
    else {
      for (const literal of literals) leading.push({ literal, meaning: active.length + led.length });
      led.push({ id, search });
    }
  }
  const leadingLiterals = leading.map(({ literal }) => literal);
  const leadingMeanings = leading.map(({ meaning }) => meaning);
  // Several automatons give places out of their order, which no expression can be led by.
  const isOne = fitsOneAutomaton([...patterns, ...leadingLiterals]);
  yield;
  const isLed = isOne || fitsOneAutomaton(leadingLiterals);
  yield;
  const automatons: LiteralAutomaton[] = [];
  if (isOne)
    automatons.push(
      ...(yield* buildingAutomatons([...patterns, ...leadingLiterals], [...meanings, ...leadingMeanings])),
    );
  else {
    automatons.push(...(yield* buildingAutomatons(patterns, meanings)));
    if (isLed) automatons.push(...(yield* buildingAutomatons(leadingLiterals, leadingMeanings)));
  }
  if (!isLed) loose.push(...led.splice(0));
  const looseSet = yield* ExpressionSet.making(
    loose.map(({ search }, id) => ({ id, program: search.program })),
  );
  const expressions = [...led, ...loose];
  const wholeWord = Uint8Array.from(active, (rule) => (rule.wholeWord ? 1 : 0));
  const found = new RuleOccurrences(active.length);
  /** By expression: up to where it has been searched for in the text; 0 between texts. */
  const coveredTo = new Int32Array(expressions.length);

  const take = (text: string, id: number, start: number, end: number): void => {
    if (wholeWord[id] === 0 || standsAlone(text, start, end)) found.add(id, start, end);
  };

  /** Expressions that were begun with the text of now. */
  const searched: number[] = [];
  const search = (index: number, text: string): ExpressionSearch => {
    const { search } = expressions[index] as Expression;
    if (coveredTo[index] === 0) {
      searched.push(index);
      search.begin(text);
    }
    return search;
  };
  /** Searches for an expression about a place; false where the rest of the text says no more of it. */
  const searchAt = (index: number, end: number, text: string): boolean => {
    const covered = coveredTo[index] as number;
    if (end <= covered) return covered < text.length;
    return (coveredTo[index] = search(index, text).hit(end)) < text.length;
  };
  const searchRest = (index: number, text: string): void => {
    search(index, text).searchAll();
    coveredTo[index] = text.length;
  };

  /**
   * Counts the literals of a text, and tells of places that an expression may match at until that gives false; after
   * the last look of one only, for the rest of the text, so that none of its matches is lost.
   */
  function findLiterals(text: string, onHit: (index: number, end: number, isLast: boolean) => boolean): void {
    let looks = LOOKS + LOOKS_PER_UNIT * text.length;
    for (const automaton of automatons) {
      automaton.begin(text);
      for (let meaning = automaton.next(); meaning >= 0; meaning = automaton.next()) {
        looks--;
        if (meaning < active.length) {
          const start = automaton.end - (lengths[meaning] as number);
          const exact = exactly[meaning];
          if (exact !== undefined) looks -= exact.length >> UNITS_PER_LOOK_BITS;
          if (exact === undefined || text.startsWith(exact, start)) take(text, meaning, start, automaton.end);
          if (looks <= 0) automaton.leaveOut();
        } else {
          const goesOn = onHit(meaning - active.length, automaton.end, looks <= 0);
          if (looks <= 0 || !goesOn) automaton.leaveOut();
        }
      }
    }
  }

  /** Counts the matches of an expression that was searched for, and lets go of the text. */
  const tell = ({ id, search }: Expression, text: string): void => {
    for (let at = 0; at < search.found.length; at += 2)
      take(text, id, search.found[at] as number, search.found[at + 1] as number);
    search.end();
  };
  const searchEverywhere = (expression: Expression, text: string): void => {
    expression.search.begin(text);
    expression.search.searchAll();
    tell(expression, text);
  };
  const tellAll = (text: string): RuleMatch[] => {
    for (const index of searched) {
      tell(expressions[index] as Expression, text);
      coveredTo[index] = 0;
    }
    searched.length = 0;
    return found.takeAll();
  };

  function matchText(text: string): RuleMatch[] {
    findLiterals(text, (index, end, isLast) => {
      if (!isLast) return searchAt(index, end, text);
      searchRest(index, text);
      return false;
    });
    const unled = looseSet.scan(text, (member, end) => searchAt(led.length + member, end, text));
    for (const member of unled) searchRest(led.length + member, text);
    for (const expression of everywhere) searchEverywhere(expression, text);
    return tellAll(text);
  }

  /** As `matchText`: an expression that may match has the whole text to itself, and a pause behind it. */
  function* matchingText(text: string): Generator<undefined, RuleMatch[]> {
    const hit = new Set<number>();
    const note = (index: number): boolean => {
      hit.add(index);
      return false;
    };
    findLiterals(text, note);
    yield;
    const unled = yield* looseSet.scanning(text, (member) => note(led.length + member));
    for (const member of unled) note(led.length + member);
    for (const index of hit) {
      searchRest(index, text);
      yield;
    }
    for (const expression of everywhere) {
      searchEverywhere(expression, text);
      yield;
    }
    return tellAll(text);
  }

  function matchPage(page: PageFeatures): KeywordMatch[] {
    if (active.length === 0) return [];
    const kept = new PageMatches(active);
    for (const part of partsOf(page)) if (!kept.add(part, matchText(part.text))) break;
    return kept.matches;
  }

  function* matchingPage(page: PageFeatures): Generator<undefined, KeywordMatch[]> {
    if (active.length === 0) return [];
    const kept = new PageMatches(active);
    for (const part of partsOf(page)) if (!kept.add(part, yield* matchingText(part.text))) break;
    return kept.matches;
  }

  return {
    size: active.length,
    get furtherPasses() {
      return looseSet.passes + everywhere.length;
    },
    matchPage,
    matchingPage,
    matchText,
  };
}
