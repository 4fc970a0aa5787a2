import { decodeText } from './decode-text.ts';
import { InlineScripts } from './inline-scripts.ts';
import { heldKindAt } from './leads-away.ts';
import { LinkResolver } from './link-resolver.ts';
import type { TagAttributes } from './markup/tag-attributes.ts';
import { type MarkupHandler, parseMarkup } from './parse-markup.ts';

/** Where a page sends its reader on by itself, and how it says so. */
export interface PageRefresh {
  readonly url: string;
  readonly by: 'meta' | 'header' | 'script' | 'frame';
}

/** Octets at the beginning of a page in which a refresh is looked for: such pages are short, or say it in their head. */
export const REFRESH_BYTES = 4_096;
/** Text beside which a page has more to do than to lead elsewhere. */
const LITTLE_TEXT = 120;
/** Pages that are shown for longer are there to be read. */
const MOST_SECONDS = 5;

/** Whether there may be a refresh in a body: most pages have none of the words. `text`: its beginning, as Latin-1. */
export const mayRefresh = (text: string, bytes: number): boolean =>
  (bytes > REFRESH_BYTES ? /refresh/i : /refresh|location|<frame/i).test(text);

/**
 * Where a page goes by itself within five seconds: by a `Refresh` field, by the first `meta` that says so and that a
 * browser would heed (WHATWG HTML, 4.2.5.3 "Refresh state"), by a script that the page has nothing beside (then also by what
 * stands in `noscript` in its place), or by the one frame that it is made of. An absolute URL, the page's own where it loads itself again; null where
 * the page stays, or has nothing but a way to where names are parked.
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
  const refresh = reader.chosen(body.length <= REFRESH_BYTES);
  if (refresh === null) return null;
  const base = reader.base === null ? pageUrl : (new LinkResolver(pageUrl).resolve(reader.base) ?? pageUrl);
  const found = resolved(refresh, refresh.target === '' ? pageUrl : base, refresh.by);
  // What only leads to a place holder says enough, and is known by that.
  const isHeld = found !== null && reader.hasLittle && heldKindAt(new URL(found.url)) !== undefined;
  return isHeld ? null : found;
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
/** Those in which nothing but text stands, which is not shown. */
const UNSHOWN = new Set(['script', 'style', 'title', 'noembed', 'noframes', 'iframe']);

/** What makes more of a page than its text. */
const BUSY = new Set(['script', 'iframe', 'form', 'object', 'embed', 'video', 'canvas']);

class RefreshReader implements MarkupHandler {
  base: string | null = null;
  /** What stands there for browsers without scripts. */
  private withoutScripts: Refresh | null = null;
  private refresh: Refresh | null = null;
  private readonly frames: string[] = [];
  private readonly scripts = new InlineScripts();
  private within: string | null = null;
  private unshown: string | null = null;
  private shown = 0;

  /** The page has nothing beside what leads elsewhere. */
  get hasLittle(): boolean {
    return this.shown <= LITTLE_TEXT;
  }

  /** Of all that the page says what counts: its markup, then the one frame or the script that are all of it. */
  chosen(isWhole: boolean): (Refresh & Pick<PageRefresh, 'by'>) | null {
    if (this.refresh !== null) return { ...this.refresh, by: 'meta' };
    const [frame] = this.frames;
    if (!isWhole || !this.hasLittle || this.frames.length > 1) return null;
    // So look names that are forwarded under their own address.
    if (frame !== undefined) return { seconds: 0, target: frame, by: 'frame' };
    const target = this.scripts.redirect();
    return target === null ? null : { ...(this.withoutScripts ?? { seconds: 0, target }), by: 'script' };
  }

  openTag(name: string, attributes: TagAttributes): void {
    this.unshown = UNSHOWN.has(name) ? name : null;
    // A script that is fetched, a form and the like may be all of the page.
    if (BUSY.has(name) && (name !== 'script' || attributes.has('src'))) this.shown = Number.POSITIVE_INFINITY;
    if (INERT.has(name)) this.within ??= name;
    else if (name === 'frame') this.addFrame(attributes.get('src')?.trim() ?? '');
    else if (name === 'base') this.base ??= attributes.get('href') ?? null;
    else if (name === 'meta' && /^\s*refresh\s*$/i.test(attributes.get('http-equiv') ?? ''))
      this.take(parseRefresh(attributes.get('content') ?? ''));
  }

  closeTag(name: string): void {
    this.unshown = null;
    if (name === this.within) this.within = null;
  }

  text(source: string, start: number, end: number): void {
    if (this.unshown === 'script') this.scripts.add(source.slice(start, end));
    else if (this.unshown === null && this.within === null)
      this.shown += source.slice(start, end).trim().length;
  }

  comment(): void {}

  private addFrame(source: string): void {
    if (source !== '' && !/^about:/i.test(source)) this.frames.push(source);
  }

  private take(refresh: Refresh | null): void {
    if (this.within === null) this.refresh ??= refresh;
    else if (this.within === 'noscript') this.withoutScripts ??= refresh;
  }
}
