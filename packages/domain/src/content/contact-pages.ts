import type { AboutKind, PageFeatures } from './page-features.ts';

/** Contact pages first: they hold what is looked for most often. */
const RANK: Readonly<Record<AboutKind, number>> = { contact: 0, imprint: 1, about: 2 };
/** Files that are no pages. */
const NOT_A_PAGE = /\.(?:pdf|jpe?g|png|gif|svg|webp|zip|docx?|xlsx?|mp4|mp3|ics|vcf|css|js|xml|json)$/i;
/** Deeper pages with such a word are articles about it. */
const MOST_SEGMENTS = 4;

/**
 * Of a page's links to contact, imprint and about pages those to read: one of each kind before a second one, the ones
 * nearer to the root first, at most `count`, none that is the page itself.
 */
export function chooseContactPages(
  { aboutLinks, finalUrl }: Pick<PageFeatures, 'aboutLinks' | 'finalUrl'>,
  count: number,
): string[] {
  const page = URL.parse(finalUrl);
  if (page === null || count <= 0) return [];
  const seen = new Set([keyOf(page)]);
  const found: { readonly href: string; readonly kind: AboutKind; readonly depth: number }[] = [];
  for (const { kind, url: href } of aboutLinks) {
    const url = URL.parse(href);
    if (url === null || NOT_A_PAGE.test(url.pathname) || seen.has(keyOf(url))) continue;
    seen.add(keyOf(url));
    const depth = url.pathname.split('/').filter(Boolean).length;
    if (depth <= MOST_SEGMENTS) found.push({ href: url.href, kind, depth });
  }
  found.sort((a, b) => RANK[a.kind] - RANK[b.kind] || a.depth - b.depth);
  const firsts = found.filter(({ kind }, at) => found.findIndex((other) => other.kind === kind) === at);
  const rest = found.filter((each) => !firsts.includes(each));
  return [...firsts, ...rest].slice(0, count).map(({ href }) => href);
}

/** The same page over http and https, with and without a slash at its end, is one. */
const keyOf = (url: URL): string => `${url.host}${url.pathname.replace(/\/+$/, '')}${url.search}`;
