export interface KeywordMatch {
  readonly keyword: string;
  readonly category: string;
  readonly weight: number;
  readonly place: 'title' | 'heading' | 'meta' | 'text' | 'url' | 'links';
  /** Occurrences there; of a regular expression the first 25 are counted. */
  readonly count: number;
  /** The match with up to 40 characters on each side. */
  readonly matchContext: string;
  /** The same of the second and third occurrence, where there are any. */
  readonly furtherContexts?: readonly string[];
  /** The page one hop away that it is on; absent: the page of the lead. */
  readonly sourceUrl?: string;
}

export interface Contact {
  readonly kind: 'email' | 'phone' | 'social' | 'address' | 'page';
  /** Normalised: lower-case address, E.164 number, profile URL, postal address in one line, URL of a contact page. */
  readonly value: string;
  readonly place: 'mailto' | 'tel' | 'text' | 'link' | 'structured_data';
  readonly sourceUrl: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Of e-mail addresses: a role's (`info@`), at a provider of free ones, at one of throw-away ones; of numbers: a fax. */
  readonly flags?: readonly ('role' | 'free' | 'disposable' | 'own_domain' | 'fax')[];
  /** Of social profiles: the network. */
  readonly network?: string;
}

/** One part of a score: the points and the evidence they rest on. Points of all parts add up to the score. */
export interface ScorePart {
  readonly part: string;
  readonly points: number;
  readonly reason: string;
}

/** What analysis found on a page that makes its domain a lead. */
export interface LeadFindings {
  readonly url: string;
  readonly title: string | null;
  readonly organisation: string | null;
  /** 0 to 100. */
  readonly score: number;
  readonly scoreParts: readonly ScorePart[];
  readonly keywordMatches: readonly KeywordMatch[];
  readonly contacts: readonly Contact[];
  readonly technologies: readonly {
    readonly name: string;
    readonly version: string | null;
    readonly evidence: string;
    /** 0 to 100; absent in leads that were kept before it was told. */
    readonly confidence?: number;
    readonly categories?: readonly string[];
  }[];
}
