import { parse } from 'tldts';

/** An address found in text. */
export interface FoundEmail {
  readonly address: string;
  readonly isObfuscated: boolean;
}

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL_WHOLE = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`);
/** What stands on the two sides of an at sign; sought within the longest that either may be. */
const LOCAL_LETTER = /[\w.!#$%&'*+/=?^`{|}~-]/;
const LOCAL_UNITS = 64;
const DOMAIN_AFTER = /^[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/u;
const DOMAIN_UNITS = 254;

/** The at sign in the brackets and languages in which people write it; without brackets only in capitals. */
const BRACKETED = String.raw`\s{0,2}(?:at|ät|@|arroba|chez|chiocciola|małpa|собака)\s{0,2}[\])}>]`;
const AT = new RegExp(String.raw`\s{0,3}(?:[[({<]${BRACKETED}|\s(?-i:AT)\s)\s{0,3}`, 'gi');
/** White space in a match of it before its bracket or word. */
const UNITS_BEFORE_AT = 4;
const REST_OF_BRACKETED = new RegExp(BRACKETED, 'iy');
const DOT = String.raw`(?:\s{0,3}[[({<]\s{0,2}(?:dot|punkt|point|punto|ponto|kropka|\.)\s{0,2}[\])}>]\s{0,3}|\s(?-i:DOT)\s|\.)`;
const SPOKEN_LOCAL = new RegExp(String.raw`[A-Za-z0-9_+-]{1,64}(?:${DOT}[A-Za-z0-9_+-]{1,64}){0,3}$`, 'i');
const SPOKEN_DOMAIN = new RegExp(String.raw`^[A-Za-z0-9-]{1,63}(?:${DOT}[A-Za-z0-9-]{1,63}){1,5}`, 'i');
const DOTS = new RegExp(DOT, 'gi');
const SPOKEN_UNITS = 120;
/** A page of nothing but at signs must not cost more than others. */
const AT_SIGNS_TRIED = 500;

/** Ends of names of files, which stand behind an at sign in `logo@2x.png`. */
const ASSET =
  /\.(?:png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?|css|scss|less|js|mjs|cjs|ts|jsx|tsx|vue|json|xml|map|woff2?|ttf|eot|otf|pdf|mp[34]|webm|wasm|php|html?)$/i;

/** Domains of examples and of error trackers, whose addresses are never a contact. */
const NOT_CONTACT =
  /(?:^|\.)(?:example\.(?:com|net|org)|domain\.tld|sentry\.io|sentry-next\.wixpress\.com|wixpress\.com|email\.com|yourdomain\.com|mysite\.com)$/i;

/** Addresses in a text, plain and obfuscated, in their order; each once. */
export function findEmails(text: string): FoundEmail[] {
  const found = new Map<string, FoundEmail>();
  const add = (written: string, isObfuscated: boolean): void => {
    const address = normaliseEmail(written);
    if (address !== null && !found.has(address)) found.set(address, { address, isObfuscated });
  };
  let tried = 0;
  for (let at = text.indexOf('@'); at >= 0 && tried < AT_SIGNS_TRIED; at = text.indexOf('@', at + 1)) {
    tried++;
    const local = localBefore(text, at);
    if (local === '') continue;
    const domain = DOMAIN_AFTER.exec(text.slice(at + 1, at + 1 + DOMAIN_UNITS))?.[0];
    if (domain !== undefined) add(`${local}@${domain}`, false);
  }
  const first = firstSpokenAt(text);
  if (first === null) return [...found.values()];
  AT.lastIndex = Math.max(0, first - UNITS_BEFORE_AT);
  for (const match of text.matchAll(AT)) {
    if (++tried > AT_SIGNS_TRIED * 2) break;
    const end = match.index + match[0].length;
    const local = SPOKEN_LOCAL.exec(text.slice(Math.max(0, match.index - SPOKEN_UNITS), match.index))?.[0];
    const domain = SPOKEN_DOMAIN.exec(text.slice(end, end + SPOKEN_UNITS))?.[0];
    if (local !== undefined && domain !== undefined) {
      add(`${local.replace(DOTS, '.')}@${domain.replace(DOTS, '.')}`, true);
    }
  }
  return [...found.values()];
}

/** The longest that may be the local part of an address whose at sign stands there. */
function localBefore(text: string, at: number): string {
  let start = at;
  while (start > 0 && at - start < LOCAL_UNITS && LOCAL_LETTER.test(text[start - 1] as string)) start--;
  return text.slice(start, at);
}

/** Where the first bracket or word is that `AT` matches: to search for what is rare takes a fraction of its time. */
function firstSpokenAt(text: string): number | null {
  let first = text.length;
  for (const bracket of '[({<') {
    for (let at = text.indexOf(bracket); at >= 0 && at < first; at = text.indexOf(bracket, at + 1)) {
      REST_OF_BRACKETED.lastIndex = at + 1;
      if (REST_OF_BRACKETED.test(text)) first = at;
    }
  }
  for (let at = text.indexOf('AT'); at >= 0 && at < first; at = text.indexOf('AT', at + 2))
    if (/^\sAT\s$/.test(text.slice(Math.max(0, at - 1), at + 3))) first = at;
  return first < text.length ? first : null;
}

/** The address in lower case, null where it is none: asset names, unknown TLDs, examples. */
export function normaliseEmail(text: string): string | null {
  const at = text.lastIndexOf('@');
  const local = text
    .slice(0, at)
    .replace(/^[.'`]+|[.'`]+$/g, '')
    .toLowerCase();
  const domain = text
    .slice(at + 1)
    .replace(/[.-]+$/, '')
    .toLowerCase();
  if (at < 1 || local === '' || local.length > 64 || domain.length > 253 || !LOCAL_WHOLE.test(local))
    return null;
  if (ASSET.test(domain) || NOT_CONTACT.test(domain)) return null;
  const { isIcann, domain: registrable, hostname } = parse(domain, { allowPrivateDomains: false });
  if (isIcann !== true || registrable === null || hostname !== domain) return null;
  // A long hexadecimal name is a key of some service, not somebody's.
  if (/^[0-9a-f]{24,}$/.test(local)) return null;
  return `${local}@${domain}`;
}
