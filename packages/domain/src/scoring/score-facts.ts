import type { Contact, KeywordMatch } from './lead-findings.ts';

/** All that a score rests on, short enough to read a million of them: what is kept with a lead for scoring it again. */
export interface ScoreFacts {
  readonly url: string;
  readonly title: string | null;
  /** The first 100 characters. */
  readonly description: string | null;
  /** BCP 47 tag, as the page says or its words suggest; `saysLanguage` where the page says. */
  readonly language: string | null;
  readonly saysLanguage: boolean;
  /** ISO 3166-1 alpha-2, as the page lets guess. */
  readonly country: string | null;
  /** Length of the visible text in UTF-16 units. */
  readonly textUnits: number;
  /** The latest year that the page gives itself (copyright, dates in structured data); null where it gives none. */
  readonly year: number | null;
  readonly organisation: string | null;
  /** Reasons to think that the page only holds a place; empty where it does not. */
  readonly parked: readonly string[];
  readonly keywords: readonly (Pick<KeywordMatch, 'keyword' | 'category' | 'weight' | 'place' | 'count'> &
    Partial<Pick<KeywordMatch, 'matchContext' | 'sourceUrl'>>)[];
  readonly contacts: readonly (Pick<Contact, 'kind' | 'place' | 'confidence' | 'flags'> &
    Partial<Pick<Contact, 'value'>>)[];
  readonly technologies: readonly {
    readonly name: string;
    readonly version: string | null;
    readonly categories?: readonly string[];
  }[];
}
