import { isSameSite } from '../http/registrable-domain.ts';

/** Words in the path of pages that say who is behind a site, the most telling kinds first. */
const KINDS: readonly { readonly kind: ContactPageKind; readonly words: readonly string[] }[] = [
  {
    kind: 'imprint',
    words:
      'impressum imprint legal-notice legalnotice mentions-legales mentionslegales aviso-legal avisolegal note-legali notelegali colofon nota-prawna'.split(
        ' ',
      ),
  },
  {
    kind: 'contact',
    words:
      'contact contact-us contactus contacts kontakt kontakte kontaktformular contacto contactos contatti contatto contactez-nous contato contatos kapcsolat yhteystiedot kontakti iletisim otoiawase toiawase inquiry lianxi'.split(
        ' ',
      ),
  },
  {
    kind: 'about',
    words:
      'about about-us aboutus ueber-uns uber-uns ueberuns uberuns a-propos apropos qui-sommes-nous sobre sobre-nosotros quienes-somos sobre-nos chi-siamo over-ons overons o-nas om-oss om-os company unternehmen empresa kaisha'.split(
        ' ',
      ),
  },
];
export type ContactPageKind = 'imprint' | 'contact' | 'about';

const WORDS = new Map(KINDS.flatMap(({ kind, words }) => words.map((word) => [word, kind] as const)));
const RANK: Readonly<Record<ContactPageKind, number>> = { contact: 0, imprint: 1, about: 2 };
/** Files that are no pages. */
const NOT_A_PAGE = /\.(?:pdf|jpe?g|png|gif|svg|webp|zip|docx?|xlsx?|mp4|mp3|ics|vcf|css|js|xml|json)$/i;

/**
 * Of a page's links (absolute URLs) those that probably lead to contact, imprint or about pages of the same site: the
 * best first, one of each kind before a second one, at most `count`.
 */
export function chooseContactPages(links: readonly string[], pageUrl: string, count: number): string[] {
  const page = URL.parse(pageUrl);
  if (page === null || count <= 0) return [];
  const seen = new Set([keyOf(page)]);
  const found: { readonly href: string; readonly kind: ContactPageKind; readonly depth: number }[] = [];
  for (const link of links) {
    const url = URL.parse(link);
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) continue;
    if (!isSameSite(url.hostname, page.hostname) || url.port !== page.port) continue;
    url.hash = '';
    const kind = kindOf(url);
    if (kind === null || seen.has(keyOf(url))) continue;
    seen.add(keyOf(url));
    found.push({ href: url.href, kind, depth: url.pathname.split('/').filter(Boolean).length });
  }
  found.sort((a, b) => RANK[a.kind] - RANK[b.kind] || a.depth - b.depth);
  const firsts = found.filter(({ kind }, at) => found.findIndex((other) => other.kind === kind) === at);
  const rest = found.filter((each) => !firsts.includes(each));
  return [...firsts, ...rest].slice(0, count).map(({ href }) => href);
}

/** The same page over http and https, with and without a slash at the end, is one. */
const keyOf = (url: URL): string => `${url.host}${url.pathname.replace(/\/+$/, '')}${url.search}`;

function kindOf(url: URL): ContactPageKind | null {
  if (NOT_A_PAGE.test(url.pathname)) return null;
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  // Deep pages with such a word are articles about it.
  if (segments.length > 3) return null;
  for (const segment of segments.reverse()) {
    const word = plain(segment);
    const kind = WORDS.get(word) ?? WORDS.get(word.replaceAll('-', ''));
    if (kind !== undefined) return kind;
  }
  return null;
}

function plain(segment: string): string {
  let text = segment;
  try {
    text = decodeURIComponent(segment);
  } catch {
    // Not percent-encoded UTF-8: compared as it stands.
  }
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\.(?:html?|php|aspx?|jsp)$/, '')
    .replaceAll(/[_\s.]+/g, '-');
}
