import { mailInScripts } from './hidden-mail.ts';

/** UTF-16 units of inline scripts that are read of a page. */
const UNITS_READ = 131_072;
const URLS_KEPT = 60;
const GLOBALS_KEPT = 60;
const TRACKERS_KEPT = 20;
/** The same account may stand on a page often, but not without end. */
const MATCHES_READ = 200;

const URLS =
  /(?:https?:)?(?:\\?\/){2}[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}(?:\\?\/[^\s"'`<>\\)]{0,150})*/gi;
const GLOBALS =
  /(?:\bwindow\.|\bwindow\[['"]|\bvar\s|\blet\s|\bconst\s|^)\s{0,4}([A-Za-z_$][\w$]{1,40})(?:['"]\])?\s{0,4}(?:(?:\|\|)?=(?!=)|\|\|\()/gm;

/** Longer scripts go elsewhere when somebody does something. */
const REDIRECTING_UNITS = 2_000;
const REDIRECT =
  /\blocation(?:\.href)?\s{0,4}=\s{0,4}["']([^"'\s]{1,500})["']|\blocation\.(?:replace|assign)\(\s{0,4}["']([^"'\s]{1,500})["']/;

/** Collects what inline scripts give away of the services that a page uses. */
export class InlineScripts {
  private readonly parts: string[] = [];
  private length = 0;
  private joined: string | null = null;

  add(text: string): void {
    if (this.length >= UNITS_READ) return;
    this.parts.push(this.length + text.length > UNITS_READ ? text.slice(0, UNITS_READ - this.length) : text);
    this.length += text.length;
  }

  private text(): string {
    this.joined ??= this.parts.join('');
    return this.joined;
  }

  /** Distinct URLs, with a scheme. */
  urls(): string[] {
    const urls = new Set<string>();
    for (const [match] of this.text().matchAll(URLS)) {
      const url = match.replaceAll('\\/', '/').slice(0, 200);
      urls.add(url.startsWith('//') ? `https:${url}` : url);
      if (urls.size >= URLS_KEPT) break;
    }
    return [...urls];
  }

  /** Where the page goes by itself, as it is written: the first address that a short script gives the browser. */
  redirect(): string | null {
    if (this.length > REDIRECTING_UNITS) return null;
    const match = REDIRECT.exec(this.text());
    return match?.[1] ?? match?.[2] ?? null;
  }

  /** Names of variables that are set at the beginning of a line, or of `window`. */
  globals(): string[] {
    const names = new Set<string>();
    for (const match of this.text().matchAll(GLOBALS)) {
      if (match[1] !== undefined) names.add(match[1]);
      if (names.size >= GLOBALS_KEPT) break;
    }
    return [...names];
  }

  /** Addresses that they put together. */
  emails(): string[] {
    return mailInScripts(this.text());
  }

  trackers(): string[] {
    return trackersIn(this.text());
  }
}

const TRACKERS =
  /\b(?:G-[A-Z0-9]{7,12}|UA-\d{4,10}-\d{1,4}|GTM-[A-Z0-9]{4,9}|AW-\d{8,12}|(?:ca-)?pub-\d{14,18})\b|fbq\(\s{0,4}['"]init['"]\s{0,4},\s{0,4}['"](\d{10,20})|facebook\.com\/tr\?id=(\d{10,20})|clarity\.ms\/tag\/([a-z0-9]{8,12})|setSiteId['"]\s{0,4},\s{0,4}['"]?(\d{1,6})|hjid\s{0,4}:\s{0,4}(\d{5,9})/g;

/** Accounts at analytics and advertising services named in a text. */
export function trackersIn(text: string): string[] {
  const trackers = new Set<string>();
  let matches = 0;
  for (const [match, pixel, pixelImage, clarity, matomo, hotjar] of text.matchAll(TRACKERS)) {
    if (trackers.size >= TRACKERS_KEPT || ++matches > MATCHES_READ) break;
    if (pixel ?? pixelImage) trackers.add(`meta:${pixel ?? pixelImage}`);
    else if (clarity !== undefined) trackers.add(`clarity:${clarity}`);
    // A number of Matomo says nothing without its server.
    else if (matomo !== undefined) trackers.add(matomoTracker(text, matomo));
    else if (hotjar !== undefined) trackers.add(`hotjar:${hotjar}`);
    else if (match.startsWith('GTM-')) trackers.add(`gtm:${match}`);
    else if (match.startsWith('AW-')) trackers.add(`gads:${match}`);
    else if (match.includes('pub-')) trackers.add(`adsense:${match.replace(/^ca-/, '')}`);
    // The last part of an old number is a site of the account.
    else trackers.add(`ga:${match.replace(/^(UA-\d+)-\d+$/, '$1')}`);
  }
  return [...trackers];
}

/** The server is the last address before the word that sets it. */
function matomoTracker(text: string, site: string): string {
  const at = text.indexOf('setTrackerUrl');
  const before = at < 0 ? '' : text.slice(Math.max(0, at - 300), at);
  const slashes = before.lastIndexOf('//');
  const server = slashes < 0 ? '' : (/^[a-z0-9.-]{3,100}/i.exec(before.slice(slashes + 2))?.[0] ?? '');
  return `matomo:${server}#${site}`;
}
