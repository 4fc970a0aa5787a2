import type { SiteResponse } from '../http/http-port.ts';
import { aboutLinksOf, Site } from './about-links.ts';
import { decodeText } from './decode-text.ts';
import { guessLanguage } from './guess-language.ts';
import { shiftedMail } from './hidden-mail.ts';
import { trackersIn } from './inline-scripts.ts';
import { keptHeaders } from './kept-headers.ts';
import { languageOf } from './language-tag.ts';
import { LinkResolver } from './link-resolver.ts';
import { FEATURES_VERSION, type PageFeatures } from './page-features.ts';
import { pageLinks } from './page-links.ts';
import { PAGE_LIMITS, PageReader } from './page-reader.ts';
import { parseMarkup } from './parse-markup.ts';
import { paymentsOf } from './payment-hints.ts';
import { storableJson, storableText } from './storable-text.ts';

/** UTF-16 units of a document that are read, so that the costliest markup ends in time. */
const UNITS_READ = 1_048_576;
/** Octets that are decoded at most: decoding what is damaged costs as much as reading it. */
const OCTETS_READ = 2 * UNITS_READ;

/** Meta elements that describe a page, the one for people who search first. */
const DESCRIPTIONS = ['description', 'og:description', 'twitter:description'];

/** Reads everything that analysis and scoring need from a response. Linear in the body, whatever it holds. */
export function extractPage(response: SiteResponse): PageFeatures {
  const octets = response.body.subarray(0, OCTETS_READ);
  const { text: html, charset } = decodeText(octets, response.headers['content-type']);
  const reader = new PageReader();
  const isWhole = html.length <= UNITS_READ && octets.length === response.body.length;
  parseMarkup(html.length <= UNITS_READ ? html : html.slice(0, UNITS_READ), reader);
  reader.finish();
  const resolver = new LinkResolver(baseOf(reader.base, response.finalUrl));
  const site = new Site(response.finalUrl);
  const { text, wordCount, simhash } = reader.visible.finish();
  const language = languageOf([
    reader.language,
    reader.meta.get('content-language'),
    response.headers['content-language'],
  ]);
  const links = pageLinks([...reader.links, ...hiddenMail(reader)], PAGE_LIMITS.url, resolver, site);
  const description = DESCRIPTIONS.map((name) => reader.meta.get(name)).find((text) => text) ?? null;
  return {
    version: FEATURES_VERSION,
    finalUrl: storableText(response.finalUrl, PAGE_LIMITS.url),
    statusCode: response.statusCode,
    title: reader.title === null ? null : storableText(reader.title, PAGE_LIMITS.title),
    description: description ? storableText(description, PAGE_LIMITS.description) : null,
    language,
    guessedLanguage: language === null ? guessLanguage(text) : null,
    charset,
    headings: reader.headings.map((heading) => storableText(heading, PAGE_LIMITS.heading)),
    text,
    links: links.urls,
    meta: Object.fromEntries(
      [...reader.meta].map(([name, value]) => [
        storableText(name, 100),
        storableText(value, PAGE_LIMITS.metaValue),
      ]),
    ),
    jsonLd: structuredData(reader),
    headers: keptHeaders(response.headers),
    resources: resolved(reader.resources, resolver),
    markup: [...reader.markup].map((item) => storableText(item, PAGE_LIMITS.markupItem)),
    classes: reader.classes.stored(),
    scriptUrls: scriptUrlsOf(reader, resolver),
    globals: reader.inlineScripts.globals(),
    trackers: trackersOf(reader),
    canonicalUrl: reader.canonical === null ? null : canonicalOf(reader.canonical, resolver),
    aboutLinks: aboutLinksOf(reader.aboutLinks, resolver, response.finalUrl, site),
    linkCounts: links.counts,
    forms: reader.forms.purposes(),
    payments: paymentsOf(reader.payments, text),
    wordCount,
    simhash,
    bodyBytes: response.body.byteLength,
    truncated: response.truncated || !isWhole,
    bodySha256: response.bodySha256,
  };
}

/** Values of JSON-LD, and items of microdata in the same form. */
const structuredData = ({ jsonLd, microdata }: PageReader): unknown[] => [
  ...jsonLd.flatMap(parsedJson),
  ...(microdata?.finish() ?? []).map((item) => storableJson(item)),
];

/** Links to addresses that the page hides from programs. */
const hiddenMail = ({ links, markup, inlineScripts }: PageReader): string[] => [
  ...shiftedMail(links, markup),
  ...inlineScripts.emails().map((address) => `mailto:${address}`),
];

/** URLs in inline scripts; where one goes by itself is among them, made absolute. */
function scriptUrlsOf({ inlineScripts }: PageReader, resolver: LinkResolver): string[] {
  const urls = inlineScripts.urls();
  const redirect = inlineScripts.redirect();
  const target = redirect === null ? null : resolver.resolve(redirect);
  if (target !== null && !urls.includes(target)) urls.push(target);
  return urls.map((url) => storableText(url, 200));
}

/** Accounts named in inline scripts and in the URLs of scripts. */
const trackersOf = (reader: PageReader): string[] => [
  ...new Set([...reader.inlineScripts.trackers(), ...trackersIn(reader.resources.join('\n'))]),
];

/** What links of the page are relative to. */
const baseOf = (written: string | null, pageUrl: string): string =>
  written === null ? pageUrl : (new LinkResolver(pageUrl).resolve(written) ?? pageUrl);

function canonicalOf(href: string, resolver: LinkResolver): string | null {
  const url = resolver.resolve(href);
  return url !== null && url.startsWith('http') ? storableText(url, PAGE_LIMITS.url) : null;
}

/** Distinct absolute URLs in their order. */
function resolved(hrefs: readonly string[], resolver: LinkResolver): string[] {
  const urls = new Set<string>();
  for (const href of hrefs) {
    const url = resolver.resolve(href);
    // Resolved ones are of ASCII letters: nothing in them cannot be stored.
    if (url !== null && url.length <= PAGE_LIMITS.url) urls.add(url);
  }
  return [...urls];
}

/** Nesting beyond which a block is not parsed: what reads it later may recurse. */
const JSON_DEPTH = 64;

function parsedJson(text: string): unknown[] {
  if (text.length > PAGE_LIMITS.jsonLdText || nestingOf(text) > JSON_DEPTH) return [];
  try {
    const value: unknown = JSON.parse(text.trim().replace(WRAPPING, ''));
    return typeof value === 'object' && value !== null ? [storableJson(value)] : [];
  } catch {
    return [];
  }
}

/** What some put around scripts for the sake of old browsers and of XML. */
const WRAPPING =
  /^(?:<!--|(?:\/\/|\/\*)?\s?<!\[CDATA\[(?:\s?\*\/)?)|(?:-->|(?:\/\/|\/\*)?\s?\]\]>(?:\s?\*\/)?)$/g;

function nestingOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < json.length; i++) {
    const unit = json.charCodeAt(i);
    if (unit === 0x5b || unit === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (unit === 0x5d || unit === 0x7d) depth--;
  }
  return deepest;
}
