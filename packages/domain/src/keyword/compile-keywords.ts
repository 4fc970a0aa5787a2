import type { RE2JS } from 're2js';
import type { PageFeatures } from '../content/page-features.ts';
import { foldSpace, storableText } from '../content/storable-text.ts';
import type { KeywordMatch } from '../scoring/lead-findings.ts';
import { compileOccurrenceTest, compileRegex, eachMatch, MatchSearch } from './compile-regex.ts';
import type { KeywordPlace, KeywordRule } from './keyword-rule.ts';
import { buildAutomatons, fitsOneAutomaton } from './literal-automaton.ts';
import { longestMatch, regexShape } from './regex-shape.ts';
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
  /** How many of them are expressions that no literal leads to: each costs a text what all literals do. */
  readonly expressions: number;
  /** Matches in all places of a page, one for each rule and place. */
  matchPage(page: PageFeatures): KeywordMatch[];
  /** Matches in one text, by rule. */
  matchText(text: string): RuleMatch[];
}

/** Matches kept of one page: a rule set that matches everywhere must not make evidence without end. */
const MATCHES_KEPT = 500;
const CONTEXT_UNITS = 40;

/** Occurrences besides the first that are shown. */
const FURTHER_KEPT = 2;

/** An expression that is only looked for around literals of which each of its matches holds one. */
interface AnchoredRegex {
  readonly id: number;
  readonly search: MatchSearch;
  /** Length of the longest of the literals. */
  readonly literalUnits: number;
}

/**
 * Whether the patterns could need more than one automaton: places then come out of their order, so no expression can be
 * led by them.
 */
const needsSeveral = (rules: readonly KeywordRule[]): boolean =>
  !fitsOneAutomaton(rules.map(({ pattern }) => pattern));

/**
 * Compiles keyword rules so that all literal ones run in one pass over a text. Expressions run in a linear-time engine:
 * those whose matches must hold some literal only around it, found in the same pass; the others in a second pass for
 * all of them, and those of them that occur in one of their own. Inactive rules are left out. Throws INVALID_INPUT on an
 * unsupported expression.
 */
export function compileKeywords(rules: readonly KeywordRule[]): KeywordMatcher {
  const active = rules.filter((rule) => rule.active);
  const isWide = needsSeveral(active);
  const patterns: string[] = [];
  /** What an occurrence of a pattern means: the rule, or beyond them an anchored expression. */
  const meanings: number[] = [];
  const lengths: number[] = [];
  const anchored: AnchoredRegex[] = [];
  const loose: { regex: RE2JS; id: number }[] = [];
  active.forEach((rule, id) => {
    if (rule.kind === 'literal') {
      const text = foldSpace(rule.pattern);
      lengths[id] = text.length;
      if (text === '') return;
      patterns.push(text);
      meanings.push(id);
      return;
    }
    const regex = compileRegex(rule);
    const literals = isWide ? null : requiredLiterals(rule.pattern);
    const shape = regexShape(rule.pattern);
    if (literals === null || shape === null) {
      loose.push({ regex, id });
      return;
    }
    for (const literal of literals) {
      patterns.push(literal);
      meanings.push(active.length + anchored.length);
    }
    const literalUnits = Math.max(...literals.map(({ length }) => length));
    anchored.push({ id, search: new MatchSearch(regex, longestMatch(shape)), literalUnits });
  });
  const automatons = buildAutomatons(patterns, meanings);
  const occurring = compileOccurrenceTest(loose.map(({ id }) => active[id] as KeywordRule));

  function matchText(text: string): RuleMatch[] {
    const found: (RuleMatch & { count: number; further: number[] })[] = [];
    const slots = new Int32Array(active.length);
    const take = (id: number, start: number, end: number): void => {
      if ((active[id] as KeywordRule).wholeWord && !standsAlone(text, start, end)) return;
      const match = found[(slots[id] as number) - 1];
      if (match === undefined) slots[id] = found.push({ rule: id, count: 1, start, end, further: [] });
      else if (match.count++ <= FURTHER_KEPT) match.further.push(start, end);
    };
    const onOccurrence = (meaning: number, end: number): void => {
      if (meaning >= active.length) {
        const { search, literalUnits } = anchored[meaning - active.length] as AnchoredRegex;
        // A unit more on each side: places such as word boundaries look at the neighbours.
        search.look(end - literalUnits - search.reach - 1, end + search.reach + 1);
        return;
      }
      const rule = active[meaning] as KeywordRule;
      const start = end - (lengths[meaning] as number);
      if (rule.caseSensitive && !text.startsWith(foldSpace(rule.pattern), start)) return;
      take(meaning, start, end);
    };
    for (const { search } of anchored) search.begin(text);
    for (const automaton of automatons) automaton.scan(text, onOccurrence);
    for (const { search, id } of anchored) search.end((start, end) => take(id, start, end));
    occurring(text, (index) => {
      const { regex, id } = loose[index] as (typeof loose)[number];
      eachMatch(regex, text, (start, end) => take(id, start, end));
    });
    return found.sort((a, b) => a.rule - b.rule);
  }

  function matchPage(page: PageFeatures): KeywordMatch[] {
    const matches: KeywordMatch[] = [];
    for (const [place, text] of textsOf(page)) {
      if (text === '') continue;
      for (const match of matchText(text)) {
        if (matches.length >= MATCHES_KEPT) return matches;
        const { pattern, category, weight, where } = active[match.rule] as KeywordRule;
        if (where !== undefined && !where.includes(place)) continue;
        const matchContext = contextOf(text, match.start, match.end);
        const further = furtherContexts(text, match.further);
        matches.push({
          keyword: pattern,
          category,
          weight,
          place,
          count: match.count,
          matchContext,
          ...(further.length === 0 ? {} : { furtherContexts: further }),
        });
      }
    }
    return matches;
  }

  return { size: active.length, expressions: loose.length, matchPage, matchText };
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
