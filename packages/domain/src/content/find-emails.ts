import { parse } from 'tldts';

/** An address found in text. */
export interface FoundEmail {
  readonly address: string;
  readonly isObfuscated: boolean;
}

const LOCAL = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*";
const PLAIN =
  /([\w.!#$%&'*+/=?^`{|}~-]{1,64})@([\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})(?:\.[\p{L}\p{N}-]{1,63}){1,8})/gu;
/** `name [at] example [dot] com` in the brackets and languages in which people write it, blanks optional. */
const AT = String.raw`\s{0,3}(?:[[({<]\s{0,2}(?:at|ät|@|arroba|chez|chiocciola|małpa|собака)\s{0,2}[\])}>]|\s(?:AT)\s)\s{0,3}`;
const DOT = String.raw`(?:\s{0,3}[[({<]\s{0,2}(?:dot|punkt|point|punto|ponto|kropka|\.)\s{0,2}[\])}>]\s{0,3}|\sDOT\s|\.)`;
const OBFUSCATED = new RegExp(
  String.raw`([A-Za-z0-9_+-]{1,64}(?:${DOT}[A-Za-z0-9_+-]{1,64}){0,3})${AT}([A-Za-z0-9-]{1,63}(?:${DOT}[A-Za-z0-9-]{1,63}){1,5})`,
  'g',
);
const DOT_ANYWHERE = new RegExp(DOT, 'g');

const LOCAL_WHOLE = new RegExp(`^${LOCAL}$`);

/** Ends of names of files, which stand behind an at sign in `logo@2x.png`. */
const ASSET =
  /\.(?:png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?|css|scss|less|js|mjs|cjs|ts|jsx|tsx|vue|json|xml|map|woff2?|ttf|eot|otf|pdf|mp[34]|webm|wasm|php|html?)$/i;

/** Domains of examples and of error trackers, whose addresses are never a contact. */
const NOT_CONTACT =
  /(?:^|\.)(?:example\.(?:com|net|org)|domain\.tld|sentry\.io|sentry-next\.wixpress\.com|wixpress\.com|email\.com|yourdomain\.com|mysite\.com)$/i;

/** Addresses in a text, plain and obfuscated, in their order; each once. */
export function findEmails(text: string): FoundEmail[] {
  const found = new Map<string, FoundEmail>();
  if (text.includes('@')) {
    for (const [, local = '', domain = ''] of text.matchAll(PLAIN)) {
      const address = normaliseEmail(`${local}@${domain}`);
      if (address !== null && !found.has(address)) found.set(address, { address, isObfuscated: false });
    }
  }
  if (/[[({<]\s{0,2}(?:at|ät|@|arroba|chez|chiocciola|małpa|собака)|\sAT\s/i.test(text)) {
    for (const [, local = '', domain = ''] of text.matchAll(new RegExp(OBFUSCATED, 'gi'))) {
      const address = normaliseEmail(`${local.replace(dots(), '.')}@${domain.replace(dots(), '.')}`);
      if (address !== null && !found.has(address)) found.set(address, { address, isObfuscated: true });
    }
  }
  return [...found.values()];
}

const dots = (): RegExp => new RegExp(DOT_ANYWHERE, 'gi');

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
