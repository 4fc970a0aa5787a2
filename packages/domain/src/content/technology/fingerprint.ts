/**
 * How a technology shows itself. A pattern is a regular expression without flags, matched without regard to case; an
 * empty one means that being there is enough. `\;version:\1` behind it says where the version is and
 * `\;confidence:50` how much the sight of it counts (of 100), as in the community's format.
 */
export interface TechnologyFingerprint {
  readonly website?: string;
  readonly categories?: readonly string[];
  /** Header name, lower-case -> pattern, or several. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Names of cookies, `*` at the end for any that begin so. Values are not kept of a page. */
  readonly cookies?: readonly string[];
  /** Meta name, lower-case -> pattern, or several. */
  readonly meta?: Readonly<Record<string, string | readonly string[]>>;
  /** Patterns for URLs of scripts, style sheets, frames, preconnections and forms, and for those in inline scripts. */
  readonly scripts?: readonly string[];
  /** Patterns for the marks that are kept of a page (`PageFeatures.markup`, `.classes`), not for its source. */
  readonly html?: readonly string[];
  /** Patterns for a page's source, matched against what features hold of it, written as HTML again. */
  readonly source?: readonly string[];
  /** Patterns for visible text. */
  readonly text?: readonly string[];
  /** Names of variables that inline scripts set. */
  readonly globals?: readonly string[];
  /** Kinds of accounts (`PageFeatures.trackers`): `ga`, `gtm`, `meta`. */
  readonly trackers?: readonly string[];
  /** Patterns for links to other sites: to a booking page, to open positions. */
  readonly links?: readonly string[];
  /** Patterns for the final URL. */
  readonly url?: readonly string[];
  /** Patterns for DNS records of the domain, where they are held; keys are lower-case types. */
  readonly dns?: Readonly<Partial<Record<DnsPlace, readonly string[]>>>;
  /** Others that this one cannot be without. */
  readonly implies?: readonly string[];
  /** Others that are not there where this one is, whatever else looked like them. */
  readonly excludes?: readonly string[];
}

export type DnsPlace = 'mx' | 'txt' | 'ns' | 'cname';

export type FingerprintSet = Readonly<Record<string, TechnologyFingerprint>>;

/** Fingerprints of one category, given by website first because each has one. */
export const fingerprints = (category: string, set: FingerprintSet): FingerprintSet =>
  Object.fromEntries(
    Object.entries(set).map(([name, fingerprint]) => [name, { categories: [category], ...fingerprint }]),
  );

/** A version's digits, as the first group of a pattern of our own. */
export const VERSION = '([0-9]+(?:\\.[0-9]+){0,3})';
