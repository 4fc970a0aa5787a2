import { unitAt } from '../unit-at.ts';

const SLASH = 0x2f;
const DOT = 0x2e;
const QUESTION = 0x3f;
const HASH = 0x23;
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
 * Makes links absolute as `URL` does (WHATWG URL): http, https, mail, telephones and messengers. Links as most are, of
 * plain letters and without dots to resolve but at their beginning, are put together without it, which takes a tenth of
 * the time.
 */
export class LinkResolver {
  private readonly base: string;
  /** Scheme, host and the like, without the slash behind them; null where the base has no such parts. */
  readonly origin: string | null;
  /** What follows that in the base, without its fragment, if it is a plain URL. */
  private readonly page: string | null;
  /** The same up to its last directory, with the slash behind that. */
  private readonly directory: string | null;

  constructor(base: string) {
    this.base = base;
    const page = plainUrl(base)?.split('#', 1)[0] ?? null;
    this.origin = originOf(page ?? base);
    this.page = page?.slice(this.origin?.length) ?? null;
    const path = this.page?.split('?', 1)[0];
    this.directory = path?.slice(0, path.lastIndexOf('/') + 1) ?? null;
  }

  /** The absolute URL, null where it is none or of another scheme. */
  resolve(href: string): string | null {
    const path = this.pathOf(href);
    return path === null ? this.elsewhere(href) : this.at(path);
  }

  /** The absolute URL of a link that `pathOf` gives nothing of. */
  elsewhere(href: string): string | null {
    if (href.startsWith('http')) {
      const plain = plainUrl(href);
      if (plain !== null) return plain;
    }
    if (isPlainAddress(href)) return href;
    const url = URL.parse(href.trim(), this.base);
    return url !== null && SCHEMES.test(url.protocol) ? url.href : null;
  }

  /** What follows the base's origin in the URL of a plain link without one; null of other links. */
  pathOf(href: string): string | null {
    if (this.origin === null || href === '') return null;
    const first = unitAt(href, 0);
    if (first === SLASH) return isPlainPath(href, 0) ? href : null;
    if (this.page === null) return null;
    if (first === HASH) return isPlain(href, 1, FRAGMENT) ? this.page + href : null;
    return first === QUESTION || href.includes(':') ? null : this.relativePath(href);
  }

  /** The URL of what follows the base's origin. */
  at(path: string): string {
    // Not as a sum, which is put together when it is first looked into: that takes longer.
    return [this.origin, path].join('');
  }

  /** What is relative to the base's directory or to those above it; null where it has to be parsed. */
  private relativePath(href: string): string | null {
    let directory = this.directory ?? '/';
    let at = 0;
    for (; unitAt(href, at) === DOT; at = href.indexOf('/', at) + 1) {
      if (href.startsWith('../', at)) directory = above(directory);
      else if (!href.startsWith('./', at)) return null;
    }
    return unitAt(href, at) !== SLASH && isPlainPath(href, at) ? directory + href.slice(at) : null;
  }
}

/** The directory above; the root is its own. */
const above = (directory: string): string =>
  directory.slice(0, directory.lastIndexOf('/', directory.length - 2) + 1);

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
  // A path that begins without slash stands behind one.
  let before = unitAt(href, from) === SLASH ? 0 : SLASH;
  for (let at = from; at < href.length; at++) {
    const unit = unitAt(href, at);
    if (unit === HASH) return isPlain(href, at + 1, FRAGMENT);
    if (unit === QUESTION && kind === PATH) kind = QUERY;
    else if (unit >= 128 || ((UNITS[unit] as number) & kind) === 0) return false;
    // Dots behind a slash may mean another directory, two slashes at the beginning a host.
    else if (kind === PATH && before === SLASH && (unit === DOT || (unit === SLASH && at === from + 1)))
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
