import type { LabLanguage } from '../vocabulary.ts';
import { centralLocales } from './locale-texts-central.ts';
import { westernLocales } from './locale-texts-western.ts';

/** ISO 3166 codes of the countries in which the lab's businesses sit. */
export type LabCountry = 'US' | 'GB' | 'DE' | 'FR' | 'ES' | 'IT' | 'NL' | 'BR' | 'PL' | 'JP';

/** Everything that a page needs to be written for one country. */
export interface Locale {
  lang: LabLanguage;
  country: LabCountry;
  /** A charset of before UTF-8 in which some of the pages are sent. */
  legacyCharset: 'windows-1252' | 'iso-8859-2' | 'shift_jis';
  legalForm: string;
  cities: readonly string[];
  headings: { home: string; about: string; services: string; news: string; contact: string };
  labels: { phone: string; fax: string; email: string };
  /** Local parts of mail addresses. */
  mailboxes: readonly string[];
  /** `{keyword}` is replaced by a word of the vocabulary. */
  keywordSentences: readonly string[];
  /** `{brand}` and `{city}` are replaced. */
  sentences: readonly string[];
}

/** Locales with the share of the pages that each has where the TLD does not decide. */
export const localeWeights: readonly (readonly [Locale, number])[] = [
  [westernLocales.US, 26],
  [westernLocales.GB, 14],
  [centralLocales.DE, 15],
  [westernLocales.FR, 10],
  [westernLocales.ES, 10],
  [centralLocales.PL, 7],
  [centralLocales.JP, 6],
  [westernLocales.IT, 4],
  [centralLocales.NL, 4],
  [westernLocales.BR, 4],
];

const localeByTld = new Map<string, Locale>([
  ['uk', westernLocales.GB],
  ['de', centralLocales.DE],
  ['at', centralLocales.DE],
  ['fr', westernLocales.FR],
  ['es', westernLocales.ES],
  ['it', westernLocales.IT],
  ['nl', centralLocales.NL],
  ['br', westernLocales.BR],
  ['pl', centralLocales.PL],
  ['jp', centralLocales.JP],
]);

/** The locale that a country's TLD suggests; undefined for all others. */
export function localeOfTld(tld: string): Locale | undefined {
  return localeByTld.get(tld);
}
