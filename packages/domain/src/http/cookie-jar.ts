import { registrableDomain } from './registrable-domain.ts';

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
}

const COOKIES_KEPT = 50;
const COOKIE_LENGTH = 4_096;

/** Cookies of one visit (RFC 6265): kept until it ends, whatever their dates, unless they are deleted by one. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** `setCookie`: the values of all such fields of a response, joined by line feeds. */
  store(url: URL, setCookie: string | undefined): void {
    if (setCookie === undefined) return;
    for (const field of setCookie.split('\n')) {
      if (field.length > COOKIE_LENGTH) continue;
      const cookie = parseCookie(url, field);
      if (cookie === null) continue;
      const key = `${cookie.name};${cookie.domain};${cookie.path}`;
      if (isDeletion(field)) this.#cookies.delete(key);
      else if (this.#cookies.size < COOKIES_KEPT || this.#cookies.has(key)) this.#cookies.set(key, cookie);
    }
  }

  /** The value of the `Cookie` field for a request; null where there is nothing to send. */
  header(url: URL): string | null {
    if (this.#cookies.size === 0) return null;
    const host = url.hostname.toLowerCase();
    const sent = [...this.#cookies.values()].filter(
      ({ domain, hostOnly, path, secure }) =>
        (hostOnly ? host === domain : host === domain || host.endsWith(`.${domain}`)) &&
        pathMatches(url.pathname, path) &&
        (!secure || url.protocol === 'https:'),
    );
    if (sent.length === 0) return null;
    sent.sort((a, b) => b.path.length - a.path.length);
    return sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
}

const pathMatches = (path: string, of: string): boolean =>
  path === of || (path.startsWith(of) && (of.endsWith('/') || path[of.length] === '/'));

const attributeOf = (field: string, name: string): string | null => {
  for (const part of field.split(';').slice(1)) {
    const [key = '', ...value] = part.split('=');
    if (key.trim().toLowerCase() === name) return value.join('=').trim();
  }
  return null;
};

function isDeletion(field: string): boolean {
  const maxAge = attributeOf(field, 'max-age');
  if (maxAge !== null && /^-?[0-9]+$/.test(maxAge)) return Number(maxAge) <= 0;
  const expires = Date.parse(attributeOf(field, 'expires') ?? '');
  // Deletion is written as a date long past; a visit is too short for any other to matter.
  return expires < 946_684_800_000;
}

function parseCookie(url: URL, field: string): Cookie | null {
  const [pair = ''] = field.split(';', 1);
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(0, equals)).trim();
  const value = pair.slice(equals + 1).trim();
  if (name === '' || !/^[\x21-\x7e]*$/.test(name) || !/^[\x20-\x7e]*$/.test(value)) return null;
  const host = url.hostname.toLowerCase();
  const domain = (attributeOf(field, 'domain') ?? '').replace(/^\./, '').toLowerCase();
  if (domain !== '' && domain !== host) {
    // A cookie for a whole suffix, or for somebody else's domain, is refused.
    if (!host.endsWith(`.${domain}`) || registrableDomain(domain) === null) return null;
  }
  const path = attributeOf(field, 'path') ?? '';
  const directory = url.pathname.slice(0, url.pathname.lastIndexOf('/')) || '/';
  return {
    name,
    value,
    domain: domain === '' ? host : domain,
    hostOnly: domain === '',
    path: path.startsWith('/') ? path : directory,
    secure: attributeOf(field, 'secure') !== null,
  };
}
