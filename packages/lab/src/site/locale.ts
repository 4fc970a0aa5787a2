import type { LabLanguage } from '../vocabulary.ts';

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
