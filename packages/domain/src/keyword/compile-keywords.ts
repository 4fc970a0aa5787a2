import { type PageFeatures, upgradeFeatures } from '../content/page-features.ts';
import { foldSpace, storableText } from '../content/storable-text.ts';
import { runToEnd } from '../run-to-end.ts';
import type { KeywordMatch } from '../scoring/lead-findings.ts';
import { compileRegex } from './compile-regex.ts';
import { KEYWORD_PLACES, type KeywordPlace, type KeywordRule } from './keyword-rule.ts';
import { ExpressionSearch } from './linear/expression-search.ts';
import { ExpressionSet } from './linear/set-automaton.ts';
import { buildingAutomatons, fitsOneAutomaton, type LiteralAutomaton } from './literal-automaton.ts';
import { contextOf } from './match-context.ts';
import { textsOf } from './page-texts.ts';
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
  /** Matches in one text, by rule. */
  matchText(text: string): RuleMatch[];
}

/** Matches kept of one page: a rule set that matches everywhere must not make evidence without end. */
const MATCHES_KEPT = 500;

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
    if (rule.kind === 'literal') {
      const text = foldSpace(rule.pattern);
      if (text === '') continue;
      lengths[id] = text.length;
      if (rule.caseSensitive) exactly[id] = text;
      patterns.push(text);
      meanings.push(id);
      continue;
    }
    yield;
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
  const isLed = isOne || fitsOneAutomaton(leadingLiterals);
  yield;
  const automatons: LiteralAutomaton[] = [];
  const parts = isOne
    ? [buildingAutomatons([...patterns, ...leadingLiterals], [...meanings, ...leadingMeanings])]
    : [
        buildingAutomatons(patterns, meanings),
        ...(isLed ? [buildingAutomatons(leadingLiterals, leadingMeanings)] : []),
      ];
  for (const part of parts) {
    for (const automaton of part) {
      automatons.push(automaton);
      yield;
    }
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

  function matchText(text: string): RuleMatch[] {
    const searched: number[] = [];
    let looks = LOOKS + LOOKS_PER_UNIT * text.length;
    const begin = (index: number): void => {
      searched.push(index);
      (expressions[index] as Expression).search.begin(text);
    };
    const searchAt = (index: number, end: number): boolean => {
      const covered = coveredTo[index] as number;
      if (end <= covered) return covered < text.length;
      const expression = expressions[index] as Expression;
      if (covered === 0) begin(index);
      return (coveredTo[index] = expression.search.hit(end)) < text.length;
    };
    const searchRest = (index: number): void => {
      if (coveredTo[index] === 0) begin(index);
      (expressions[index] as Expression).search.searchAll();
      coveredTo[index] = text.length;
    };
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
          const index = meaning - active.length;
          // Without a further look an expression has the rest of the text to itself: none of its matches is lost.
          if (looks <= 0) searchRest(index);
          if (looks <= 0 || !searchAt(index, automaton.end)) automaton.leaveOut();
        }
      }
    }
    const unled = looseSet.scan(text, (index, end) => searchAt(led.length + index, end));
    for (const member of unled) searchRest(led.length + member);
    const tell = ({ id, search }: Expression): void => {
      for (let at = 0; at < search.found.length; at += 2)
        take(text, id, search.found[at] as number, search.found[at + 1] as number);
      search.end();
    };
    for (const index of searched) {
      tell(expressions[index] as Expression);
      coveredTo[index] = 0;
    }
    for (const expression of everywhere) {
      expression.search.begin(text);
      expression.search.searchAll();
      tell(expression);
    }
    return found.takeAll();
  }

  function matchPage(home: PageFeatures): KeywordMatch[] {
    const matches: KeywordMatch[] = [];
    if (active.length === 0) return matches;
    const known = new Set<number>();
    for (const stored of [home, ...(home.furtherPages ?? [])]) {
      const page = stored === home ? home : upgradeFeatures(stored);
      const texts = textsOf(page);
      for (const [index, place] of KEYWORD_PLACES.entries()) {
        const text = texts[place];
        if (text === '') continue;
        for (const match of matchText(text)) {
          if (matches.length >= MATCHES_KEPT) return matches;
          const rule = active[match.rule] as KeywordRule;
          if (rule.where !== undefined && !rule.where.includes(place)) continue;
          // Pages of a site repeat its menu and footer: a rule is told of in a place once, where it is found first.
          const key = match.rule * KEYWORD_PLACES.length + index;
          if (known.has(key)) continue;
          known.add(key);
          const shown = shownMatch(rule, place, text, match);
          matches.push(stored === home ? shown : { ...shown, sourceUrl: storableText(page.finalUrl, 2_048) });
        }
      }
    }
    return matches;
  }

  return {
    size: active.length,
    get furtherPasses() {
      return looseSet.passes + everywhere.length;
    },
    matchPage,
    matchText,
  };
}

function shownMatch(
  { pattern: keyword, category, weight }: KeywordRule,
  place: KeywordPlace,
  text: string,
  { count, start, end, further }: RuleMatch,
): KeywordMatch {
  const matchContext = contextOf(text, start, end);
  if (further.length === 0) return { keyword, category, weight, place, count, matchContext };
  const furtherContexts: string[] = [];
  for (let at = 0; at < further.length; at += 2)
    furtherContexts.push(contextOf(text, further[at] as number, further[at + 1] as number));
  return { keyword, category, weight, place, count, matchContext, furtherContexts };
}
