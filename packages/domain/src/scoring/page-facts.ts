import { countryHint } from '../content/country-hint.ts';
import type { PageFeatures } from '../content/page-features.ts';
import type { LeadFindings } from './lead-findings.ts';
import type { ScoreFacts } from './score-facts.ts';

/** What analysis found on a page, as far as scores rest on it. */
export interface PageFindings
  extends Pick<LeadFindings, 'keywordMatches' | 'contacts' | 'technologies' | 'organisation'> {
  readonly page: PageFeatures;
  readonly parked: { readonly isParked: boolean; readonly reasons: readonly string[] };
}

/** Everything a score rests on, taken from a page and what was found on it. */
export function pageFacts(findings: PageFindings): ScoreFacts {
  const { page, keywordMatches, contacts, technologies, organisation, parked } = findings;
  return {
    url: page.finalUrl,
    title: page.title,
    description: page.description?.slice(0, 100).toWellFormed() ?? null,
    language: page.language ?? page.guessedLanguage,
    saysLanguage: page.language !== null,
    country: countryHint(page),
    textUnits: page.text.length,
    year: latestYear(page),
    organisation,
    parked: parked.isParked ? parked.reasons : [],
    keywords: keywordMatches,
    contacts,
    technologies,
  };
}

/** The facts without what the lead holds besides: contexts of keywords, values of contacts, evidence of technologies. */
export const shortFacts = (facts: ScoreFacts): ScoreFacts => ({
  ...facts,
  keywords: facts.keywords.map(({ keyword, category, weight, place, count }) => ({
    keyword,
    category,
    weight,
    place,
    count,
  })),
  contacts: facts.contacts.map(({ kind, place, confidence, flags }) => ({
    kind,
    place,
    confidence,
    ...(flags === undefined ? {} : { flags }),
  })),
  technologies: facts.technologies.map(({ name, version, categories }) => ({
    name,
    version,
    ...(categories === undefined ? {} : { categories }),
  })),
});

/**
 * A year, or a range of years whose last one counts, after a copyright sign or word and at most a few characters. Years
 * are looked for first: texts hold fewer of them than of letters that the word may begin with.
 */
const COPYRIGHT = /((?:19|20)\d\d)(?<=(?:©|\(c\)|copyright)\D{0,40}\d{4})(?:\s*[-–—/]\s*((?:19|20)\d\d))?/gi;
const DATE = /^((?:19|20)\d\d)-/;

/** The latest year in its copyright line, structured data and `article:modified_time`; null where there is none. */
function latestYear({ text, jsonLd, meta }: PageFeatures): number | null {
  const years: number[] = [];
  for (const [, from, to] of text.matchAll(COPYRIGHT)) years.push(Number(to ?? from));
  addYears(jsonLd, years);
  const modified = DATE.exec(meta['article:modified_time'] ?? '')?.[1];
  if (modified !== undefined) years.push(Number(modified));
  return years.length === 0 ? null : Math.max(...years);
}

/** Adds the years in which structured data say that something was published or changed. */
function addYears(value: unknown, years: number[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries(value)) {
    if (typeof item === 'object') addYears(item, years);
    else if (typeof item === 'string' && (name === 'dateModified' || name === 'datePublished')) {
      const year = DATE.exec(item)?.[1];
      if (year !== undefined) years.push(Number(year));
    }
  }
}
