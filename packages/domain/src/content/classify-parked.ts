import { leadsAway } from './leads-away.ts';
import type { PageFeatures } from './page-features.ts';
import type { ParkedGrounds } from './parked-grounds.ts';
import { parkedHints } from './parked-hints.ts';
import {
  HELD_LIMITS,
  HELD_PHRASES,
  type HeldKind,
  kindsToLookFor,
  PARKING_HOSTS,
  PARKING_PARTS,
  parkingNameOf,
  saying,
} from './parked-phrases.ts';

/** Whether a page only holds a place, and why it is thought so. */
export interface ParkedVerdict {
  readonly isParked: boolean;
  /** What kind of place holder it is; null where it is none. */
  readonly kind: HeldKind | null;
  /** Each names what was seen; empty where nothing was. */
  readonly reasons: readonly string[];
}

/** The beginning of the text, in which pages of this kind say what they are. */
const UNITS_READ = 3_000;
/** The surest and most telling first. */
const KINDS = ['for_sale', 'suspended', 'parked', 'default_server', 'placeholder'] as const;

/** Titles of pages that tell what to do about such pages. */
const GUIDE =
  /\b(?:how to|tutorial|guide|fix(?:ing)?|troubleshoot\w*|install(?:ing)? [\p{L}\d.]+ (?:on|in|with)|anleitung|so geht|comment (?:installer|corriger|résoudre)|cómo|como (?:instalar|corrigir)|guida|jak)\b/iu;

/** Reads a page and what is held of its domain for signs that the name is parked, for sale or not used yet. */
export function classifyParked(page: PageFeatures, grounds: ParkedGrounds = {}): ParkedVerdict {
  const reasons: string[] = [];
  let kind: HeldKind | null = null;
  const host = URL.parse(page.finalUrl)?.hostname ?? '';
  if (PARKING_HOSTS.test(host)) {
    kind = 'for_sale';
    reasons.push(`The site leads to ${host}, which parks names`);
  }
  const away = leadsAway(page);
  if (away !== null) {
    kind ??= away.kind;
    const how = away.url === page.finalUrl ? 'The site leads to' : 'The page has nothing but a way to';
    reasons.push(`${how} ${away.url.slice(0, 120)}`);
  }
  const served = isSmall(page, 'parked') ? parkingHostOf(page.resources) : undefined;
  if (served !== undefined) {
    kind ??= 'parked';
    reasons.push(`Parts come from ${served}, which parks names`);
  }
  const servers = parkingNameOf(grounds.nameServers);
  // Who parks names also has customers with sites: the page must be as empty as parked ones are.
  if (servers !== null && page.text.length < HELD_LIMITS.placeholder.units) {
    kind ??= 'parked';
    reasons.push(`Its name server ${servers} is that of a parking service`);
  }
  const alias = parkingNameOf(grounds.cnames);
  if (alias !== null) {
    kind ??= 'parked';
    reasons.push(`It is an alias of ${alias}, which parks names`);
  }
  const small = KINDS.filter((candidate) => isSmall(page, candidate));
  const said = [page.title ?? '', page.text.slice(0, UNITS_READ)] as const;
  const hinted = small.length === 0 ? new Set<HeldKind>() : kindsToLookFor(said);
  for (const candidate of small) {
    if (!hinted.has(candidate)) continue;
    if ((candidate === 'default_server' || candidate === 'suspended') && GUIDE.test(said[0])) continue;
    const match = saying(HELD_PHRASES[candidate], said[0]) ?? saying(HELD_PHRASES[candidate], said[1]);
    if (match === null) continue;
    kind ??= candidate;
    reasons.push(`The page says: "${match.trim().slice(0, 120)}"`);
    break;
  }
  if (kind === null && isServerGreeting(page)) {
    kind = 'default_server';
    reasons.push(`The page is the greeting of a server: "${(page.title ?? '').slice(0, 60)}"`);
  }
  if (grounds.sameOnRandomPath === true) {
    if (kind === null) {
      const hints = parkedHints(page, grounds);
      kind = hints[0]?.kind ?? null;
      reasons.push(...hints.map(({ seen }) => seen));
    }
    if (kind !== null) reasons.push('A page of random name on it is the same');
  }
  return { isParked: kind !== null, kind, reasons };
}

/** The first host of the URLs that parks names, or the part that only parked pages have. */
function parkingHostOf(urls: readonly string[]): string | undefined {
  for (const url of urls) {
    const host = URL.parse(url)?.hostname ?? '';
    if (PARKING_HOSTS.test(host)) return host;
    const part = PARKING_PARTS.exec(url);
    if (part !== null) return part[0];
  }
  return undefined;
}

function isSmall(page: PageFeatures, kind: HeldKind): boolean {
  const { units, links } = HELD_LIMITS[kind];
  return page.text.length < units && page.links.length <= links;
}

/** Whether the title is that of a page that comes with a server: such pages explain at length, or show a picture. */
function isServerGreeting({ title, text, links }: PageFeatures): boolean {
  const named = (title ?? '').trim();
  if (text.length < 120 && links.length <= 2 && /^IIS(?:\d*| Windows.*)$/i.test(named)) return true;
  return text.length < GREETING_LIMITS.units && links.length <= GREETING_LIMITS.links && GREETING.test(named);
}

/** Debian's page for Apache has 3,300 units, Tomcat's own some 60 links. */
const GREETING_LIMITS = { units: 5_000, links: 100 };
const GREETING =
  /^(?:apache2 [\p{L} ]{0,16}default page(?:: it works)?|apache(?: software foundation)? tomcat(?:\/\d[\d.]*)?|welcome to (?:nginx|openresty|wildfly|jboss)\b[^.]{0,30}|(?:apache )?(?:http server )?test page (?:for the (?:apache |nginx )?http server|powered by)\b.{0,40}|glassfish server - server running)$/iu;
