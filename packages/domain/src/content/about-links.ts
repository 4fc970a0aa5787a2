import { getDomain } from 'tldts';
import { buildAutomatons, type LiteralAutomaton } from '../keyword/literal-automaton.ts';
import { requiredLiterals } from '../keyword/required-literals.ts';
import { unitAt } from '../unit-at.ts';
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

interface KindFinder {
  /** Of literals of which one stands wherever a kind is said. */
  readonly automatons: readonly LiteralAutomaton[];
  /** Kinds, as bits, that no literal can be looked for of. All of these are said in letters beyond ASCII. */
  readonly beyondAscii: number;
}

let finder: KindFinder | null = null;

function kindFinder(): KindFinder {
  if (finder !== null) return finder;
  const literals = KINDS.map(([, words]) => requiredLiterals(words.source));
  finder = {
    automatons: buildAutomatons(
      literals.flatMap((each) => each ?? []),
      literals.flatMap((each, kind) => (each ?? []).map(() => kind)),
    ),
    beyondAscii: literals.reduce((bits, each, kind) => (each === null ? bits | (1 << kind) : bits), 0),
  };
  return finder;
}

/** The kind that is said, looked for with expressions only where a literal of theirs stands: in few links. */
function kindSaid(said: string): AboutKind | null {
  const { automatons, beyondAscii } = kindFinder();
  let seen = isAscii(said) ? 0 : beyondAscii;
  for (const automaton of automatons) {
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

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (unitAt(text, at) >= 0x80) return false;
  return true;
}

const SHORT = 40;

/** What a link's text or path says that it leads to, null where that is another kind of page. */
export function aboutKind(href: string, text: string): AboutKind | null {
  if (href === '' || unitAt(href, 0) === HASH) return null;
  // Where query or fragment begin.
  let end = 0;
  let hasColon = false;
  for (; end < href.length; end++) {
    const unit = unitAt(href, end);
    if (unit === HASH || unit === QUESTION) break;
    if (unit === COLON) hasColon = true;
  }
  if (hasColon && /^(?:mailto|tel|javascript|data):/i.test(href)) return null;
  // A heading of an article may hold these words too: links to such pages are short.
  const segment = lastSegment(href, end);
  const said = `${text.length <= SHORT ? text : ''} ${segment.length <= SHORT ? segment : ''}`;
  return said.length < 5 ? null : kindSaid(said);
}

const HASH = 0x23;
const QUESTION = 0x3f;
const COLON = 0x3a;
const SLASH = 0x2f;

/** The last part of a link's path, which ends there; '' where it has no path but a host. */
function lastSegment(href: string, pathEnd: number): string {
  let end = pathEnd;
  while (end > 0 && unitAt(href, end - 1) === SLASH) end--;
  let start = end;
  while (start > 0 && unitAt(href, start - 1) !== SLASH) start--;
  return start > 1 && unitAt(href, start - 2) === SLASH ? '' : href.slice(start, end);
}

/** Tells whether absolute URLs are of the site of a page: of its registrable domain, or of its host if that has none. */
export class Site {
  private readonly known = new Map<string, boolean>();
  private readonly site: string | null;
  /** Of most URLs the origin is that of the URL before. */
  private before = '';
  private isBeforeOwn = false;

  constructor(pageUrl: string) {
    const origin = originOf(pageUrl);
    this.site = siteOf(pageUrl, origin);
    this.known.set(origin, true);
  }

  has(url: string): boolean {
    if (this.before !== '' && url.startsWith(this.before)) return this.isBeforeOwn;
    const origin = originOf(url);
    let isOwn = this.known.get(origin);
    if (isOwn === undefined) {
      isOwn = siteOf(url, origin) === this.site;
      this.known.set(origin, isOwn);
    }
    this.before = origin.length < url.length ? url.slice(0, origin.length + 1) : '';
    this.isBeforeOwn = isOwn;
    return isOwn;
  }
}

/** Scheme and host, without the slash behind them. */
function originOf(url: string): string {
  const slashes = url.indexOf('//');
  const slash = slashes < 0 ? -1 : url.indexOf('/', slashes + 2);
  return slash < 0 ? url : url.slice(0, slash);
}

function siteOf(url: string, origin: string): string | null {
  const plainHost = PLAIN_ORIGIN.exec(origin)?.[1];
  return plainHost === undefined
    ? registrableOf(URL.parse(url)?.hostname ?? '', {})
    : registrableOf(plainHost, PLAIN_HOST);
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
  site: Site,
): AboutLink[] {
  const kept = new Map<string, AboutLink>();
  for (const { kind, href } of links) {
    const resolved = resolver.resolve(href);
    if (resolved === null || !resolved.startsWith('http')) continue;
    const fragment = resolved.indexOf('#');
    const url = fragment < 0 ? resolved : resolved.slice(0, fragment);
    if (url.length > 500 || kept.has(url) || url === pageUrl) continue;
    if (site.has(url)) kept.set(url, { kind, url });
  }
  return [...kept.values()];
}
