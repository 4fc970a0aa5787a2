import { type PageFeatures, upgradeFeatures } from '../content/page-features.ts';
import { foldSpace, storableText } from '../content/storable-text.ts';
import type { KeywordMatch } from '../scoring/lead-findings.ts';
import { compileRegex } from './compile-regex.ts';
import type { KeywordPlace, KeywordRule } from './keyword-rule.ts';
import { ExpressionSearch } from './linear/expression-search.ts';
import { ExpressionSet } from './linear/set-automaton.ts';
import { buildAutomatons, fitsOneAutomaton } from './literal-automaton.ts';
import { requiredLiterals } from './required-literals.ts';
import { standsAlone } from './word-boundary.ts';

/** One rule's occurrences in one text. */
export interface RuleMatch {
  /** Index of the rule among those compiled. */
  readonly rule: number;
  readonly count: number;
  /** Where the first occurrence is. */
  readonly start: number;
  readonly end: number;
  /** Where the second and third ones are: start, end, start, end. */
  readonly further: readonly number[];
}

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
const CONTEXT_UNITS = 40;

/** Occurrences besides the first that are shown. */
const FURTHER_KEPT = 2;

/** An expression and the index of its rule. */
interface Expression {
  readonly id: number;
  readonly search: ExpressionSearch;
}

/**
 * Compiles keyword rules so that all literal ones run in one pass over a text, and with them the literals of which each
 * match of an expression must hold one: such an expression is searched for around these only. Expressions without such
 * literals are led by a second pass for all of them together. All of it takes time linear in the text. Inactive rules
 * are left out. Throws INVALID_INPUT on an unsupported expression.
 */
export function compileKeywords(rules: readonly KeywordRule[]): KeywordMatcher {
  const active = rules.filter((rule) => rule.active);
  const patterns: string[] = [];
  /** What an occurrence of a pattern means: the rule, or beyond them an expression that is led by it. */
  const meanings: number[] = [];
  /** Literal rules as they stand in a text. */
  const written: string[] = [];
  const led: Expression[] = [];
  const leading: { readonly literal: string; readonly meaning: number }[] = [];
  const loose: Expression[] = [];
  const everywhere: Expression[] = [];
  active.forEach((rule, id) => {
    if (rule.kind === 'literal') {
      const text = foldSpace(rule.pattern);
      written[id] = text;
      if (text === '') return;
      patterns.push(text);
      meanings.push(id);
      return;
    }
    const search = new ExpressionSearch(compileRegex(rule));
    const literals = requiredLiterals(rule.pattern);
    if (search.isEverywhere) everywhere.push({ id, search });
    else if (literals === null) loose.push({ id, search });
    else {
      for (const literal of literals) leading.push({ literal, meaning: active.length + led.length });
      led.push({ id, search });
    }
  });
  const leadingLiterals = leading.map(({ literal }) => literal);
  const leadingMeanings = leading.map(({ meaning }) => meaning);
  // Several automatons give places out of their order, which no expression can be led by.
  const isOne = fitsOneAutomaton([...patterns, ...leadingLiterals]);
  const isLed = isOne || fitsOneAutomaton(leadingLiterals);
  const automatons = isOne
    ? buildAutomatons([...patterns, ...leadingLiterals], [...meanings, ...leadingMeanings])
    : [
        ...buildAutomatons(patterns, meanings),
        ...(isLed ? buildAutomatons(leadingLiterals, leadingMeanings) : []),
      ];
  if (!isLed) loose.push(...led.splice(0));
  const looseSet = new ExpressionSet(loose.map(({ search }, id) => ({ id, program: search.program })));
  const expressions = [...led, ...loose];
  /** By rule: one more than the place of its match among those found; 0 between texts. */
  const slots = new Int32Array(active.length);
  /** By expression: up to where it has been searched for in the text; 0 between texts. */
  const coveredTo = new Int32Array(expressions.length);

  function matchText(text: string): RuleMatch[] {
    const found: (RuleMatch & { count: number; further: number[] })[] = [];
    const searched: number[] = [];
    const take = (id: number, start: number, end: number): void => {
      if ((active[id] as KeywordRule).wholeWord && !standsAlone(text, start, end)) return;
      const match = found[(slots[id] as number) - 1];
      if (match === undefined) slots[id] = found.push({ rule: id, count: 1, start, end, further: [] });
      else if (match.count++ <= FURTHER_KEPT) match.further.push(start, end);
    };
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
    const onOccurrence = (meaning: number, end: number): void => {
      if (meaning >= active.length) {
        searchAt(meaning - active.length, end);
        return;
      }
      const rule = active[meaning] as KeywordRule;
      const start = end - (written[meaning] as string).length;
      if (rule.caseSensitive && !text.startsWith(written[meaning] as string, start)) return;
      take(meaning, start, end);
    };
    for (const automaton of automatons) automaton.scan(text, onOccurrence);
    const unled = looseSet.scan(text, (index, end) => searchAt(led.length + index, end));
    for (const member of unled) {
      const index = led.length + member;
      if (coveredTo[index] === 0) begin(index);
      (expressions[index] as Expression).search.searchAll();
    }
    const tell = ({ id, search }: Expression): void => {
      for (let at = 0; at < search.found.length; at += 2)
        take(id, search.found[at] as number, search.found[at + 1] as number);
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
    for (const { rule } of found) slots[rule] = 0;
    return found.sort((a, b) => a.rule - b.rule);
  }

  function matchPage(home: PageFeatures): KeywordMatch[] {
    const matches: KeywordMatch[] = [];
    const known = new Set<string>();
    for (const stored of [home, ...(home.furtherPages ?? [])]) {
      const page = stored === home ? home : upgradeFeatures(stored);
      for (const [place, text] of textsOf(page)) {
        if (text === '') continue;
        for (const match of matchText(text)) {
          if (matches.length >= MATCHES_KEPT) return matches;
          const { pattern, category, weight, where } = active[match.rule] as KeywordRule;
          if (where !== undefined && !where.includes(place)) continue;
          // Pages of a site repeat its menu and footer: a rule is told of in a place once, where it is found first.
          const key = `${match.rule} ${place}`;
          if (known.has(key)) continue;
          known.add(key);
          const further = furtherContexts(text, match.further);
          matches.push({
            keyword: pattern,
            category,
            weight,
            place,
            count: match.count,
            matchContext: contextOf(text, match.start, match.end),
            ...(further.length === 0 ? {} : { furtherContexts: further }),
            ...(stored === home ? {} : { sourceUrl: storableText(page.finalUrl, 2_048) }),
          });
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

/** The texts of a page by place. Parts of one place are lines, which no literal spans: it holds no line end. */
function textsOf(page: PageFeatures): [KeywordPlace, string][] {
  const { meta } = page;
  const metaTexts = [
    page.description,
    meta['keywords'],
    meta['og:title'],
    meta['og:description'],
    meta['og:site_name'],
  ];
  return [
    ['title', page.title ?? ''],
    ['heading', page.headings.join('\n')],
    ['meta', [...new Set(metaTexts.filter((text) => text))].join('\n')],
    ['text', page.text],
    ['url', readableUrl(page.finalUrl)],
    [
      'links',
      page.links
        .filter((link) => link.startsWith('http'))
        .map(readableUrl)
        .join('\n'),
    ],
  ];
}

/** The URL as people write it: percent-encoded letters decoded. */
function readableUrl(url: string): string {
  if (!url.includes('%')) return url;
  try {
    return decodeURI(url).normalize('NFC');
  } catch {
    return url;
  }
}

function furtherContexts(text: string, places: readonly number[]): string[] {
  const contexts: string[] = [];
  for (let at = 0; at < places.length; at += 2)
    contexts.push(contextOf(text, places[at] as number, places[at + 1] as number));
  return contexts;
}

function contextOf(text: string, start: number, end: number): string {
  const from = Math.max(0, start - CONTEXT_UNITS);
  const shownEnd = Math.min(end, start + 200);
  return storableText(foldSpace(text.slice(from, shownEnd + CONTEXT_UNITS).toWellFormed()), 300);
}
