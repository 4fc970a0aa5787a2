import { parse } from 'tldts';
import { toALabel } from '../domain-name/label.ts';

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
/** Letters of scripts in which words have blanks between them: behind others an address may follow at once. */
const LETTER_OF_WORD = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;
const DOMAIN_AFTER = /^[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/u;
const DOMAIN_UNITS = 254;

/** The at sign in the brackets and languages in which people write it; without brackets only in capitals. */
const BRACKETED = String.raw`\s{0,2}(?:at|ät|@|arroba|arobase?|chez|chiocciola|apenstaartje|zavin[aá][cč]|kukac|snabel-?a|małpa|malpa|собака|アットマーク|アット|골뱅이)\s{0,2}[\])}>]`;
/** What stands instead of brackets, and only with white space about it: in words it is a hyphen. */
const DASHED = String.raw`\s-{1,2}at-{1,2}\s`;
const AT = new RegExp(String.raw`\s{0,3}(?:[[({<]${BRACKETED}|\s(?-i:AT)\s|${DASHED})\s{0,3}`, 'gi');
/** White space in a match of it before its bracket or word. */
const UNITS_BEFORE_AT = 5;
const REST_OF_BRACKETED = new RegExp(BRACKETED, 'iy');
const DOT = String.raw`(?:\s{0,3}[[({<]\s{0,2}(?:dot|punkt|point|punto|ponto|kropka|\.)\s{0,2}[\])}>]\s{0,3}|\s(?-i:DOT)\s|\s-{1,2}(?:dot|punkt|point)-{1,2}\s|\.)`;
const SPOKEN_LOCAL = new RegExp(String.raw`[A-Za-z0-9_+-]{1,64}(?:${DOT}[A-Za-z0-9_+-]{1,64}){0,3}$`, 'i');
const SPOKEN_DOMAIN = new RegExp(
  String.raw`^[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(?:${DOT}[\p{L}\p{N}-]{1,63}){1,5}`,
  'iu',
);
const DOTS = new RegExp(DOT, 'gi');
const SPOKEN_UNITS = 120;
/** A last label that a word with a capital begins in or is. */
const NEXT_WORD = /(?<=\.)([a-z]{2,}?)\.?\p{Lu}[\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]*)*$/u;
/** A page of nothing but at signs must not cost more than others. */
const AT_SIGNS_TRIED = 500;

/** Ends of names of files, which stand behind an at sign in `logo@2x.png`. */
const ASSET =
  /\.(?:png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?|css|scss|less|js|mjs|cjs|ts|jsx|tsx|vue|json|xml|map|woff2?|ttf|eot|otf|pdf|mp[34]|webm|wasm|php|html?)$/i;

/** Domains of examples and of error trackers, whose addresses are never a contact. */
const NOT_CONTACT =
  /(?:^|\.)(?:example\.(?:com|net|org|de|fr|es|it|co\.uk)|domain\.tld|sentry\.io|wixpress\.com|email\.com|(?:your-?|my-?)(?:domain|site|web-?site|company|email)\.(?:com|net|org|de|co\.uk)|beispiel\.(?:de|com)|muster(?:firma|mann)\.de|exemple\.(?:com|fr)|ejemplo\.(?:com|es)|esempio\.(?:com|it)|exemplo\.com(?:\.br)?)$|^domain\.(?:com|de)$/i;

/** Local parts that say how addresses of a firm are made, or are nobody's. */
const PLACEHOLDER =
  /^(?:(?:vorname|firstname|first-?name|fornavn|f[oö]rnamn|etunimi|prenom|nome|nombre|imie|voornaam|jmeno|keresztnev)[._-](?:nachname|lastname|last-?name|surname|etternavn|efternavn|efternamn|sukunimi|nom|cognome|sobrenome|apellidos?|nazwisko|achternaam|prijmeni|vezeteknev)|(?:max|erika)[._-]?mustermann|(?:john|jane)[._-]?doe)$/;

/** Whose addresses with the name of the tool are repositories. */
const REPOSITORIES = /^(?:github|gitlab|bitbucket|ssh\.dev\.azure)\.(?:com|org)$/;

/** Addresses in a text, plain and obfuscated, in their order; each once. */
export function findEmails(given: string): FoundEmail[] {
  // Addresses in full-width letters, as they are written in Japan and China so that programs do not find them.
  const text = given.includes('＠') || given.includes('﹫') ? given.normalize('NFKC') : given;
  const found = new Map<string, FoundEmail>();
  const add = (written: string, isObfuscated: boolean): void => {
    const address = normaliseEmail(written);
    if (address !== null && !found.has(address)) found.set(address, { address, isObfuscated });
  };
  let tried = 0;
  for (let at = text.indexOf('@'); at >= 0 && tried < AT_SIGNS_TRIED; at = text.indexOf('@', at + 1)) {
    tried++;
    // `info @ firma.de`: with a blank on one side it is a name on some network.
    const isApart = text[at - 1] === ' ' && text[at + 1] === ' ';
    const local = localBefore(text, isApart ? at - 1 : at);
    if (local === '') continue;
    const after = text.slice(at + (isApart ? 2 : 1), at + 1 + DOMAIN_UNITS);
    const domain = DOMAIN_AFTER.exec(after)?.[0];
    if (domain !== undefined) add(`${local}@${withoutNextWord(domain)}`, isApart);
    else {
      const spoken = SPOKEN_DOMAIN.exec(after)?.[0].replace(DOTS, '.');
      if (spoken !== undefined) add(`${local}@${spoken}`, true);
    }
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

/**
 * The domain without a word that follows it without a blank, as where elements stand side by side: `firma.deTelefon`,
 * `firma.de.Write`. What is a domain as it stands is left alone.
 */
function withoutNextWord(domain: string): string {
  if (!NEXT_WORD.test(domain) || isDomain(domain.toLowerCase())) return domain;
  const shorter = domain.replace(NEXT_WORD, '$1');
  return isDomain(shorter.toLowerCase()) ? shorter : domain;
}

/** The longest that may be the local part of an address whose at sign stands there. */
function localBefore(text: string, at: number): string {
  let start = at;
  while (start > 0 && at - start < LOCAL_UNITS && LOCAL_LETTER.test(text[start - 1] as string)) start--;
  // Of `büro@` the last two letters are another address.
  return LETTER_OF_WORD.test(text[start - 1] ?? '') ? '' : text.slice(start, at);
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
  for (let at = text.indexOf('-at-'); at >= 0 && at < first; at = text.indexOf('-at-', at + 4)) first = at;
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
  const domain = asciiDomain(
    text
      .slice(at + 1)
      .replace(/[.-]+$/, '')
      .toLowerCase(),
  );
  if (at < 1 || local === '' || local.length > 64 || domain.length > 253 || !LOCAL_WHOLE.test(local))
    return null;
  if (PLACEHOLDER.test(local)) return null;
  if (ASSET.test(domain) || NOT_CONTACT.test(domain) || (local === 'git' && REPOSITORIES.test(domain)))
    return null;
  if (!isDomain(domain)) return null;
  // A long hexadecimal name is a key of some service, not somebody's.
  if (/^[0-9a-f]{24,}$/.test(local)) return null;
  return `${local}@${domain}`;
}

/** In A-labels, as domains are stored and suppressed; as it is where that cannot be. */
function asciiDomain(domain: string): string {
  if (!/[\u0080-\uffff]/.test(domain)) return domain;
  const labels = domain.split('.').map(toALabel);
  return labels.includes(null) ? domain : labels.join('.');
}

/** Whether the name, in lower case, is registrable or below one that is. */
function isDomain(name: string): boolean {
  const { isIcann, domain, hostname } = parse(name, { allowPrivateDomains: false });
  return isIcann === true && domain !== null && hostname === name;
}
