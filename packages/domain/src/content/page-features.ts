/** What is kept of a page: everything that analysis and scoring read, so that neither fetches again. */
export interface PageFeatures {
  readonly finalUrl: string;
  readonly statusCode: number;
  readonly title: string | null;
  readonly description: string | null;
  /** BCP 47 tag from `<html lang>`, null where the page does not say. */
  readonly language: string | null;
  readonly charset: string;
  readonly headings: readonly string[];
  /** Visible text, white space folded, at most 64 KiB. */
  readonly text: string;
  /** `href`s of links, resolved, at most 500; `mailto:` and `tel:` among them. */
  readonly links: readonly string[];
  /** `name`/`property` -> `content` of meta elements. */
  readonly meta: Readonly<Record<string, string>>;
  /** Values of `application/ld+json` blocks that parsed. */
  readonly jsonLd: readonly unknown[];
  /** Lower-case response headers of the final response that technologies are read from. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sources of scripts, style sheets and frames. */
  readonly resources: readonly string[];
  /** Distinct `id=…`, `data-…=…`, `ng-…=…` attributes and `<!--…` comments, at most 200: marks of software. */
  readonly markup: readonly string[];
  /** Octets of the decoded body that was read, and whether the cap cut it. */
  readonly bodyBytes: number;
  readonly truncated: boolean;
  /** SHA-256 of the decoded body that was read, hexadecimal. */
  readonly bodySha256: string;
}
