import type { RE2JS } from 're2js';
import type { PageFeatures } from '../content/page-features.ts';
import { foldSpace, storableText } from '../content/storable-text.ts';
import type { KeywordMatch } from '../scoring/lead-findings.ts';
import { compileOccurrenceTest, compileRegex, eachMatch } from './compile-regex.ts';
import type { KeywordPlace, KeywordRule } from './keyword-rule.ts';
import { buildAutomatons } from './literal-automaton.ts';
import { standsAlone } from './word-boundary.ts';

/** One rule's occurrences in one text. */
export interface RuleMatch {
  /** Index of the rule among those compiled. */
  readonly rule: number;
  readonly count: number;
  /** Where the first occurrence is. */
  readonly start: number;
  readonly end: number;
}

export interface KeywordMatcher {
  /** How many rules there are that are active. */
  readonly size: number;
  /** How many of them are expressions: one that occurs costs a text many times what all literals do. */
  readonly expressions: number;
  /** Matches in all places of a page, one for each rule and place. */
  matchPage(page: PageFeatures): KeywordMatch[];
  /** Matches in one text, by rule. */
  matchText(text: string): RuleMatch[];
}

/** Matches kept of one page: a rule set that matches everywhere must not make evidence without end. */
const MATCHES_KEPT = 500;
const CONTEXT_UNITS = 40;

/**
 * Compiles keyword rules so that all literal ones run in one pass over a text, and all expressions in another, in a
 * linear-time engine; those that occur take a pass each for their places. Inactive rules are left out. Throws INVALID_INPUT on an unsupported expression.
 */
export function compileKeywords(rules: readonly KeywordRule[]): KeywordMatcher {
  const active = rules.filter((rule) => rule.active);
  const literals: { text: string; id: number }[] = [];
  const regexes: { regex: RE2JS; id: number }[] = [];
  // Length and exact text of each literal, as it is searched for.
  const texts: string[] = [];
  active.forEach((rule, id) => {
    texts[id] = rule.kind === 'literal' ? foldSpace(rule.pattern) : '';
    if (rule.kind === 'regex') regexes.push({ regex: compileRegex(rule), id });
    else if (texts[id] !== '') literals.push({ text: texts[id] as string, id });
  });
  const automatons = buildAutomatons(
    literals.map(({ text }) => text),
    literals.map(({ id }) => id),
  );
  const occurring = compileOccurrenceTest(regexes.map(({ id }) => active[id] as KeywordRule));

  function matchText(text: string): RuleMatch[] {
    const found = new Map<number, { rule: number; count: number; start: number; end: number }>();
    const take = (id: number, start: number, end: number): void => {
      const rule = active[id] as KeywordRule;
      if (rule.wholeWord && !standsAlone(text, start, end)) return;
      const match = found.get(id);
      if (match === undefined) found.set(id, { rule: id, count: 1, start, end });
      else match.count++;
    };
    const onOccurrence = (id: number, end: number): void => {
      const literal = texts[id] as string;
      const start = end - literal.length;
      if ((active[id] as KeywordRule).caseSensitive && !text.startsWith(literal, start)) return;
      take(id, start, end);
    };
    for (const automaton of automatons) automaton.scan(text, onOccurrence);
    occurring(text, (index) => {
      const { regex, id } = regexes[index] as (typeof regexes)[number];
      eachMatch(regex, text, (start, end) => take(id, start, end));
    });
    return [...found.values()].sort((a, b) => a.rule - b.rule);
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
        matches.push({ keyword: pattern, category, weight, place, count: match.count, matchContext });
      }
    }
    return matches;
  }

  return { size: active.length, expressions: regexes.length, matchPage, matchText };
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

function contextOf(text: string, start: number, end: number): string {
  const from = Math.max(0, start - CONTEXT_UNITS);
  const shownEnd = Math.min(end, start + 200);
  return storableText(foldSpace(text.slice(from, shownEnd + CONTEXT_UNITS).toWellFormed()), 300);
}
