import { getDomain } from 'tldts';
import { buildAutomatons } from '../keyword/literal-automaton.ts';
import { requiredLiterals } from '../keyword/required-literals.ts';
import type { LinkResolver } from './link-resolver.ts';
import type { AboutKind, AboutLink } from './page-features.ts';

/**
 * Words of links to pages that say who is behind a site, in their texts and paths; the surest kind first. `\b` knows
 * letters of ASCII only.
 */
const KINDS: readonly (readonly [AboutKind, RegExp])[] = [
  [
    'imprint',
    /\b(?:impressum|imprint|legal[\s_-]?notice|mentions[\s_-]?l[ée]gales|aviso[\s_-]?legal|note[\s_-]?legali|colofon|juridisk|anbieterkennzeichnung|offenlegung|rechtliche[\s_-]?hinweise|tietosuoja|osobni|impresum)|künye|特定商取引|会社情報/i,
  ],
  [
    'contact',
    /\b(?:conta[ck]ts?|contact[\s_-]?us|get[\s_-]?in[\s_-]?touch|kontakty?|kontakta?|kontaktieren|contact(?:o|ez|enos|ar)|contatt[io]|contato|contacto|contactanos|contáctanos|fale[\s_-]?conosco|nous[\s_-]ecrire|nous écrire|nous[\s_-]joindre|ecrivez[\s_-]nous|yhteystiedot|ota[\s_-]yhteytt|iletisim|iletişim|kapcsolat|elerhetoseg|elérhetőség|reach[\s_-]?us|write[\s_-]to[\s_-]us|talk[\s_-]to[\s_-]us|hubungi|lien[\s_-]he|liên hệ|epikoinonia)|écrivez[\s_-]nous|контакт|связаться|зв.язатися|お問い?合わ?せ|問い合わせ|联系我们|聯絡我們|聯繫我們|문의|연락처|ติดต่อ|اتصل بنا|إتصل بنا|تواصل معنا|تماس با ما|צור קשר|צרו קשר|יצירת קשר|संपर्क|যোগাযোগ/i,
  ],
  // By itself: no literal can be looked for in its place, its letters having several capitals.
  ['contact', /επικοινων[ιί]α/i],
  [
    'about',
    /\b(?:about(?:[\s_-]?us)?|ue?ber[\s_-]?uns|qui[\s_-]?sommes[\s_-]?nous|a[\s_-]?propos|notre[\s_-]histoire|qui[eé]nes[\s_-]?somos|nosotros|quem[\s_-]?somos|qui[\s_-]som|sobre(?:[\s_-]?n(?:os|osotros|ós))?|chi[\s_-]?siamo|over[\s_-]?ons|o[\s_-]?n(?:as|ama)|o[\s_-]firmie|o[\s_-]spolecnosti|o společnosti|kdo[\s_-]jsme|om[\s_-]?(?:oss?|ons)|despre[\s_-]noi|rolunk|apie[\s_-]mus|par[\s_-]mums|tentang[\s_-]kami|gioi[\s_-]thieu|giới thiệu|company|our[\s_-]story|who[\s_-]we[\s_-]are|find[\s_-]us|locations|unternehmen|firma|hakkımızda|hakkimizda|tietoa[\s_-]meist|team)\b|über[\s_-]?uns|à[\s_-]propos|o nás|rólunk|о нас|о компании|про нас|про компанію|за нас|о нама|会社概要|会社案内|关于我们|關於我們|公司简介|公司簡介|회사소개|회사개요|오시는 ?길|เกี่ยวกับเรา|về chúng tôi|من نحن|درباره ما|אודות|हमारे बारे में/i,
  ],
  // For the same reason.
  ['about', /σχετικ[αά] με|ποιοι ε[ιί]μαστε/i],
];

/** For each of the kinds that may be found by literals of which one stands wherever it is said. */
const LITERALS = KINDS.map(([, words]) => requiredLiterals(words.source));
const AUTOMATONS = buildAutomatons(
  LITERALS.flatMap((literals) => literals ?? []),
  LITERALS.flatMap((literals, kind) => (literals ?? []).map(() => kind)),
);

/** Kinds, as bits, that no literal can be looked for of. */
const ALWAYS = LITERALS.reduce((bits, literals, kind) => (literals === null ? bits | (1 << kind) : bits), 0);

/** The kind that is said, looked for with expressions only where a literal of theirs stands: in few links. */
function kindSaid(said: string): AboutKind | null {
  let seen = ALWAYS;
  for (const automaton of AUTOMATONS) {
    automaton.begin(said);
    for (let kind = automaton.next(); kind >= 0; kind = automaton.next()) seen |= 1 << kind;
  }
  for (let at = 0; at < KINDS.length; at++) {
    if ((seen & (1 << at)) === 0) continue;
    const [kind, words] = KINDS[at] as (typeof KINDS)[number];
    if (words.test(said)) return kind;
  }
  return null;
}

const SHORT = 40;

/** What a link's text or path says that it leads to, null where that is another kind of page. */
export function aboutKind(href: string, text: string): AboutKind | null {
  if (href === '' || href.charCodeAt(0) === 0x23) return null;
  if (href.includes(':') && /^(?:mailto|tel|javascript|data):/i.test(href)) return null;
  // A heading of an article may hold these words too: links to such pages are short.
  const segment = lastSegment(href);
  const said = `${text.length <= SHORT ? text : ''} ${segment.length <= SHORT ? segment : ''}`;
  return said.length < 5 ? null : kindSaid(said);
}

/** The last part of a link's path, '' where it has no path but a host. */
function lastSegment(href: string): string {
  let end = endOfPath(href);
  while (end > 0 && href.charCodeAt(end - 1) === 0x2f) end--;
  const start = href.lastIndexOf('/', end - 1) + 1;
  return start > 1 && href.charCodeAt(start - 2) === 0x2f ? '' : href.slice(start, end);
}

/** Where query or fragment begin. */
function endOfPath(href: string): number {
  const fragment = href.indexOf('#');
  const end = fragment < 0 ? href.length : fragment;
  const query = href.indexOf('?');
  return query < 0 ? end : Math.min(query, end);
}

/** Registrable domains that URLs are of, or their hosts where they have none. Those of a page are looked up once. */
export class Sites {
  private readonly known = new Map<string, string | null>();

  /** Of the site of an absolute URL. */
  siteOf(url: string): string | null {
    const slashes = url.indexOf('//');
    const slash = slashes < 0 ? -1 : url.indexOf('/', slashes + 2);
    const origin = slash < 0 ? url : url.slice(0, slash);
    const known = this.known.get(origin);
    if (known !== undefined) return known;
    const plainHost = PLAIN_ORIGIN.exec(origin)?.[1];
    const site =
      plainHost === undefined
        ? registrableOf(URL.parse(url)?.hostname ?? '', {})
        : registrableOf(plainHost, PLAIN_HOST);
    this.known.set(origin, site);
    return site;
  }
}

const PLAIN_HOST = { extractHostname: false, detectIp: false };
const registrableOf = (hostname: string, options: Parameters<typeof getDomain>[1]): string | null =>
  getDomain(hostname, options) ?? (hostname || null);

/** Scheme and host of which parsing changes nothing. */
const PLAIN_ORIGIN = /^https?:\/\/((?:(?!xn--)[a-z0-9-]{1,63}\.){1,4}(?!xn--)[a-z][a-z0-9-]{1,62})$/;

/** The links resolved, each page once, and only those of the page's own site. */
export function aboutLinksOf(
  links: readonly { readonly kind: AboutKind; readonly href: string }[],
  resolver: LinkResolver,
  pageUrl: string,
  sites: Sites,
): AboutLink[] {
  const kept = new Map<string, AboutLink>();
  for (const { kind, href } of links) {
    const resolved = resolver.resolve(href);
    if (resolved === null || !resolved.startsWith('http')) continue;
    const fragment = resolved.indexOf('#');
    const url = fragment < 0 ? resolved : resolved.slice(0, fragment);
    if (url.length > 500 || kept.has(url) || url === pageUrl) continue;
    if (sites.siteOf(url) === sites.siteOf(pageUrl)) kept.set(url, { kind, url });
  }
  return [...kept.values()];
}

/** How many links lead to pages of the same registrable domain and to others. */
export function countLinks(
  links: readonly string[],
  pageUrl: string,
  sites: Sites,
): { internal: number; external: number } {
  const counts = { internal: 0, external: 0 };
  // Of most links the host is that of the link before.
  let before = '';
  let isOwn = true;
  for (const link of links) {
    if (!link.startsWith('http')) continue;
    if (before === '' || !link.startsWith(before)) {
      before = link.slice(0, link.indexOf('/', link.indexOf('//') + 2) + 1);
      isOwn = sites.siteOf(link) === sites.siteOf(pageUrl);
    }
    counts[isOwn ? 'internal' : 'external']++;
  }
  return counts;
}
