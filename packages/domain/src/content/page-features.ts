/** What is kept of a page: everything that analysis and scoring read, so that neither fetches again. */
export interface PageFeatures {
  /** Which fields there are: see `upgradeFeatures`. */
  readonly version: number;
  readonly finalUrl: string;
  readonly statusCode: number;
  readonly title: string | null;
  readonly description: string | null;
  /** BCP 47 tag from `<html lang>` or what says it otherwise, null where the page does not say. */
  readonly language: string | null;
  /** Language that the words of the text are of, sought only where the page does not say; null where unsure. */
  readonly guessedLanguage: string | null;
  readonly charset: string;
  readonly headings: readonly string[];
  /** Visible text, white space folded, at most 64 KiB. */
  readonly text: string;
  /** `href`s of links, resolved, at most 500; `mailto:`, `tel:` and those of messengers among them. */
  readonly links: readonly string[];
  /** `name`/`property` -> `content` of meta elements. */
  readonly meta: Readonly<Record<string, string>>;
  /** Values of `application/ld+json` blocks that parsed, and what microdata says of organisations in the same form. */
  readonly jsonLd: readonly unknown[];
  /** Lower-case response headers of the final response that technologies are read from. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sources of scripts, style sheets and frames, where forms are sent that name a host, and hosts of pictures. */
  readonly resources: readonly string[];
  /** Distinct `id=…`, `data-…=…`, `ng-…=…` attributes and `<!--…` comments, at most 200: marks of software. */
  readonly markup: readonly string[];
  /** Distinct names of classes, at most 150. */
  readonly classes: readonly string[];
  /** URLs that inline scripts hold, at most 60: most services are loaded that way. */
  readonly scriptUrls: readonly string[];
  /** Variables that inline scripts set, at most 60. */
  readonly globals: readonly string[];
  /** Accounts at services that sites of one owner share: `ga:G-…`, `gtm:GTM-…`, `adsense:pub-…`, `meta:…`. */
  readonly trackers: readonly string[];
  /** Canonical URL, resolved. */
  readonly canonicalUrl: string | null;
  /** Links to pages of the same site that say who is behind it, by what their text or path says, at most 12. */
  readonly aboutLinks: readonly AboutLink[];
  /** Distinct links to the same registrable domain and to others. */
  readonly linkCounts: { readonly internal: number; readonly external: number };
  /** What forms are for, each once. */
  readonly forms: readonly FormPurpose[];
  /** Means of payment that pictures and text of the page name. */
  readonly payments: readonly string[];
  /** Words of the text; of scripts without blanks the characters. */
  readonly wordCount: number;
  /** 64-bit similarity hash of the visible text, 16 hexadecimal digits; null for texts too short to compare. */
  readonly simhash: string | null;
  /** Octets of the decoded body that was read, and whether the cap cut it. */
  readonly bodyBytes: number;
  readonly truncated: boolean;
  /** SHA-256 of the decoded body that was read, hexadecimal. */
  readonly bodySha256: string;
  /** Pages one hop away (contact, about, imprint) that were read too, without further ones of their own. */
  readonly furtherPages?: readonly PageFeatures[];
  /** The site's icon where it was fetched. `hash` is that of `faviconHash`, `sha256` hexadecimal. */
  readonly favicon?: { readonly url: string; readonly hash: number; readonly sha256: string };
}

export type AboutKind = 'contact' | 'imprint' | 'about';

export interface AboutLink {
  readonly kind: AboutKind;
  readonly url: string;
}

export type FormPurpose = 'contact' | 'newsletter' | 'login' | 'search' | 'payment' | 'other';

/** Version of `PageFeatures` that is written now. */
export const FEATURES_VERSION = 2;

/** Features as they are stored, in the form of this version: what an older one did not keep is empty. */
export function upgradeFeatures(
  stored: Partial<PageFeatures> & Pick<PageFeatures, 'finalUrl'>,
): PageFeatures {
  // Whatever is of this version has all that it knows.
  if (stored.version === FEATURES_VERSION) return stored as PageFeatures;
  return { ...EMPTY_FEATURES, version: 1, ...stored };
}

/** Features of a page on which there is nothing. */
export const EMPTY_FEATURES: Omit<PageFeatures, 'finalUrl'> = {
  version: FEATURES_VERSION,
  statusCode: 200,
  title: null,
  description: null,
  language: null,
  guessedLanguage: null,
  charset: 'utf-8',
  headings: [],
  text: '',
  links: [],
  meta: {},
  jsonLd: [],
  headers: {},
  resources: [],
  markup: [],
  classes: [],
  scriptUrls: [],
  globals: [],
  trackers: [],
  canonicalUrl: null,
  aboutLinks: [],
  linkCounts: { internal: 0, external: 0 },
  forms: [],
  payments: [],
  wordCount: 0,
  simhash: null,
  bodyBytes: 0,
  truncated: false,
  bodySha256: '',
};
