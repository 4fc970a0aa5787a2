import { decodeText } from './decode-text.ts';
import { InlineScripts } from './inline-scripts.ts';
import { LinkResolver } from './link-resolver.ts';
import type { TagAttributes } from './markup/tag-attributes.ts';
import { type MarkupHandler, parseMarkup } from './parse-markup.ts';

/** Where a page sends its reader on by itself, and how it says so. */
export interface PageRefresh {
  readonly url: string;
  readonly by: 'meta' | 'header';
}

/** Octets at the beginning of a page in which a refresh is looked for: such pages are short, or say it in their head. */
export const REFRESH_BYTES = 4_096;
/** Pages that are shown for longer are there to be read. */
const MOST_SECONDS = 5;

/**
 * Where a page goes by itself within five seconds: by a `Refresh` field, or by the first `meta` that says so and that a
 * browser would heed (WHATWG HTML, 4.2.5.3 "Refresh state"). An absolute URL, the page's own where it loads itself
 * again; null where the page stays. What stands in `noscript` counts where a script would lead elsewhere.
 */
export function refreshOf(
  pageUrl: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): PageRefresh | null {
  const header = parseRefresh(headers['refresh'] ?? '');
  if (header !== null) return resolved(header, pageUrl, 'header');
  const reader = new RefreshReader();
  parseMarkup(decodeText(body.subarray(0, REFRESH_BYTES), headers['content-type']).text, reader);
  const refresh = reader.refresh ?? (reader.scripts.redirect() === null ? null : reader.withoutScripts);
  if (refresh === null) return null;
  const base = reader.base === null ? pageUrl : (new LinkResolver(pageUrl).resolve(reader.base) ?? pageUrl);
  return resolved(refresh, refresh.target === '' ? pageUrl : base, 'meta');
}

interface Refresh {
  readonly seconds: number;
  /** As it is written; empty: the page itself. */
  readonly target: string;
}

function resolved({ seconds, target }: Refresh, base: string, by: PageRefresh['by']): PageRefresh | null {
  const url = seconds > MOST_SECONDS ? null : URL.parse(target, base);
  return url === null || !/^https?:$/.test(url.protocol) ? null : { url: url.href, by };
}

/** What a refresh says, read as browsers do (WHATWG HTML, "shared declarative refresh steps"); null where it is none. */
export function parseRefresh(text: string): Refresh | null {
  const match = /^\s*(\d+|(?=\.))[\d.]*(?:$|(?=[;,\s])\s*[;,]?\s*)/.exec(text);
  if (match === null) return null;
  const seconds = Number(match[1]);
  const rest = text.slice(match[0].length).replace(/^url\s*=\s*/i, '');
  const quote = rest[0];
  if (quote !== '"' && quote !== "'") return { seconds, target: rest.trim() };
  const end = rest.indexOf(quote, 1);
  return { seconds, target: rest.slice(1, end < 0 ? undefined : end).trim() };
}

/** Elements whose content is no part of the page. */
const INERT = new Set(['noscript', 'template']);

class RefreshReader implements MarkupHandler {
  refresh: Refresh | null = null;
  /** The same of what stands there for browsers without scripts. */
  withoutScripts: Refresh | null = null;
  base: string | null = null;
  readonly scripts = new InlineScripts();
  private within: string | null = null;
  private inScript = false;

  openTag(name: string, attributes: TagAttributes): void {
    this.inScript = name === 'script';
    if (INERT.has(name)) this.within ??= name;
    else if (name === 'base') this.base ??= attributes.get('href') ?? null;
    else if (name === 'meta' && /^\s*refresh\s*$/i.test(attributes.get('http-equiv') ?? ''))
      this.take(parseRefresh(attributes.get('content') ?? ''));
  }

  closeTag(name: string): void {
    this.inScript = false;
    if (name === this.within) this.within = null;
  }

  text(source: string, start: number, end: number): void {
    if (this.inScript) this.scripts.add(source.slice(start, end));
  }

  comment(): void {}

  private take(refresh: Refresh | null): void {
    if (this.within === null) this.refresh ??= refresh;
    else if (this.within === 'noscript') this.withoutScripts ??= refresh;
  }
}
