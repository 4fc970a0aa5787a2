import { unitAt } from '../unit-at.ts';

const SCHEMES = /^(?:https?|mailto|tel|sms|callto|whatsapp|viber|skype):/;

/** What a unit of ASCII is to URLs: those of paths stand in queries too, all others are left to the platform. */
const PATH = 1;
const HOST = 2;
const QUERY = 4;
const FRAGMENT = 8;
const UNITS = new Uint8Array(128);
for (const [kind, units] of [
  [PATH, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.!$&'()*+,;=:@/"],
  [QUERY, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.!$&()*+,;=:@/?%'],
  [FRAGMENT, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.!$&'()*+,;=:@/?%"],
  [HOST, 'abcdefghijklmnopqrstuvwxyz0123456789-.'],
] as const)
  for (const unit of units) UNITS[unit.charCodeAt(0)] = (UNITS[unit.charCodeAt(0)] ?? 0) | kind;

/**
 * Makes links absolute as `URL` does (WHATWG URL): http, https, mail, telephones and messengers. Links as most are, of plain letters and
 * without dots to resolve, are put together without it, which takes a tenth of the time.
 */
export class LinkResolver {
  private readonly base: string;
  /** Scheme, host and the like, without the slash behind them; null where the base has no such parts. */
  private readonly origin: string | null;
  /** The base without its fragment if it is a plain URL. */
  private readonly page: string | null;

  constructor(base: string) {
    this.base = base;
    this.page = plainUrl(base)?.split('#', 1)[0] ?? null;
    this.origin = originOf(this.page ?? base);
  }

  /** The absolute URL, null where it is none or of another scheme. */
  resolve(href: string): string | null {
    if (this.origin !== null && unitAt(href, 0) === 0x2f && isPlainPath(href, 0)) return this.origin + href;
    if (this.page !== null && unitAt(href, 0) === 0x23 && isPlain(href, 1, FRAGMENT)) return this.page + href;
    if (href.startsWith('http')) {
      const plain = plainUrl(href);
      if (plain !== null) return plain;
    }
    if (isPlainAddress(href)) return href;
    const url = URL.parse(href.trim(), this.base);
    return url !== null && SCHEMES.test(url.protocol) ? url.href : null;
  }
}

/** Scheme, host and the like, without the slash behind them. */
function originOf(base: string): string | null {
  const plain = plainUrl(base);
  if (plain !== null) return plain.slice(0, plain.indexOf('/', 8));
  const root = /^https?:/.test(base) ? (URL.parse('/', base)?.href ?? null) : null;
  return root === null ? null : root.slice(0, -1);
}

/** Whether it is an address of mail or telephone that stays as it is. */
function isPlainAddress(href: string): boolean {
  if (!href.startsWith('mailto:') && !href.startsWith('tel:')) return false;
  // Behind a slash there may be a host, or dots that mean another directory.
  return !href.includes('/') && isPlain(href, 4, PATH);
}

/** Whether all units from there on are of a kind. */
function isPlain(href: string, from: number, kind: number): boolean {
  for (let at = from; at < href.length; at++) {
    const unit = unitAt(href, at);
    if (unit >= 128 || ((UNITS[unit] as number) & kind) === 0) return false;
  }
  return true;
}

/** Whether path, query and fragment at `from` stay as they are: a single slash, no segments of dots. */
function isPlainPath(href: string, from: number): boolean {
  let kind = PATH;
  let before = 0;
  for (let at = from; at < href.length; at++) {
    const unit = unitAt(href, at);
    if (unit === 0x23) return isPlain(href, at + 1, FRAGMENT);
    if (unit === 0x3f && kind === PATH) kind = QUERY;
    else if (unit >= 128 || ((UNITS[unit] as number) & kind) === 0) return false;
    // Dots behind a slash may mean another directory, two slashes at the beginning a host.
    else if (kind === PATH && before === 0x2f && (unit === 0x2e || (unit === 0x2f && at === from + 1)))
      return false;
    before = unit;
  }
  return true;
}

/** The URL if it is of a host name in small letters and a plain path; null where it has to be parsed. */
function plainUrl(href: string): string | null {
  const start = href.startsWith('https://') ? 8 : href.startsWith('http://') ? 7 : -1;
  if (start < 0) return null;
  let at = start;
  let labelStart = start;
  for (; at < href.length; at++) {
    const unit = unitAt(href, at);
    if (unit >= 128 || ((UNITS[unit] as number) & HOST) === 0) break;
    if (unit !== 0x2e) continue;
    if (at === labelStart || href.startsWith('xn--', labelStart)) return null;
    labelStart = at + 1;
  }
  // Of the last label the first unit tells names from addresses.
  const first = unitAt(href, labelStart);
  if (at === labelStart || at - start > 253 || first < 0x61 || first > 0x7a) return null;
  if (href.startsWith('xn--', labelStart)) return null;
  if (at === href.length) return `${href}/`;
  return unitAt(href, at) === 0x2f && isPlainPath(href, at) ? href : null;
}
