import { parse } from 'tldts';

/** An address found in text. */
export interface FoundEmail {
  readonly address: string;
  readonly isObfuscated: boolean;
}

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL_WHOLE = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`);
/** What stands on the two sides of an at sign; sought within the longest that either may be. */
const LOCAL_BEFORE = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/;
const DOMAIN_AFTER = /^[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/u;
const DOMAIN_UNITS = 254;

/** The at sign in the brackets and languages in which people write it; without brackets only in capitals. */
const AT =
  /\s{0,3}(?:[[({<]\s{0,2}(?:at|ät|@|arroba|chez|chiocciola|małpa|собака)\s{0,2}[\])}>]|\s(?-i:AT)\s)\s{0,3}/gi;
/** Holds wherever `AT` matches, in a fraction of its time. */
const MAYBE_AT = /[[({<]\s{0,2}(?:at|ät|@|arroba|chez|chiocciola|małpa|собака)|(?-i:AT)\s/i;
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
    const local = LOCAL_BEFORE.exec(text.slice(Math.max(0, at - 64), at))?.[0];
    const domain = DOMAIN_AFTER.exec(text.slice(at + 1, at + 1 + DOMAIN_UNITS))?.[0];
    if (local !== undefined && domain !== undefined) add(`${local}@${domain}`, false);
  }
  if (!MAYBE_AT.test(text)) return [...found.values()];
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
