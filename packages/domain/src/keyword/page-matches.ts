import { type PageFeatures, upgradeFeatures } from '../content/page-features.ts';
import { storableText } from '../content/storable-text.ts';
import type { KeywordMatch } from '../scoring/lead-findings.ts';
import { KEYWORD_PLACES, type KeywordPlace, type KeywordRule } from './keyword-rule.ts';
import { contextOf } from './match-context.ts';
import { textsOf } from './page-texts.ts';
import type { RuleMatch } from './rule-occurrences.ts';

/** Matches kept of one page: a rule set that matches everywhere must not make evidence without end. */
const MATCHES_KEPT = 500;

/** A text of a page in which rules are looked for. */
export interface PagePart {
  readonly place: KeywordPlace;
  readonly text: string;
  /** The page one hop away that it is of; null for the page itself. */
  readonly sourceUrl: string | null;
}

/** The texts of a page, and of those one hop away from it, place by place. */
export function partsOf(home: PageFeatures): PagePart[] {
  const parts: PagePart[] = [];
  const addParts = (page: PageFeatures, sourceUrl: string | null): void => {
    const texts = textsOf(page);
    for (const place of KEYWORD_PLACES)
      if (texts[place] !== '') parts.push({ place, text: texts[place], sourceUrl });
  };
  addParts(home, null);
  for (const further of home.furtherPages ?? [])
    addParts(upgradeFeatures(further), storableText(further.finalUrl, 2_048));
  return parts;
}

/** What rules match on a page, one match for each rule and place. */
export class PageMatches {
  readonly matches: KeywordMatch[] = [];
  private readonly rules: readonly KeywordRule[];
  /** Rules of which a match in a place is told already. */
  private readonly told = new Map<KeywordPlace, Set<number>>();

  constructor(rules: readonly KeywordRule[]) {
    this.rules = rules;
  }

  /** Adds what was found in a part; false where no more is kept. */
  add({ place, text, sourceUrl }: PagePart, found: readonly RuleMatch[]): boolean {
    let told = this.told.get(place);
    if (told === undefined) this.told.set(place, (told = new Set()));
    for (const match of found) {
      if (this.matches.length >= MATCHES_KEPT) return false;
      const rule = this.rules[match.rule] as KeywordRule;
      if (rule.where !== undefined && !rule.where.includes(place)) continue;
      // Pages of a site repeat its menu and footer: a rule is told of in a place once, where it is found first.
      if (told.has(match.rule)) continue;
      told.add(match.rule);
      const shown = shownMatch(rule, place, text, match);
      this.matches.push(sourceUrl === null ? shown : { ...shown, sourceUrl });
    }
    return true;
  }
}

function shownMatch(
  { pattern: keyword, category, weight }: KeywordRule,
  place: KeywordPlace,
  text: string,
  { count, start, end, further }: RuleMatch,
): KeywordMatch {
  const matchContext = contextOf(text, start, end);
  const furtherContexts: string[] = [];
  for (let at = 0; at < further.length; at += 2) {
    const context = contextOf(text, further[at] as number, further[at + 1] as number);
    // Matches of a short text have the same one.
    if (context !== matchContext && !furtherContexts.includes(context)) furtherContexts.push(context);
  }
  const shown = { keyword, category, weight, place, count, matchContext };
  return furtherContexts.length === 0 ? shown : { ...shown, furtherContexts };
}
