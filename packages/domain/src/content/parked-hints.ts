import type { PageFeatures } from './page-features.ts';
import type { ParkedGrounds } from './parked-grounds.ts';
import { HELD_LIMITS, HELD_PHRASES, type HeldKind, parkingNameOf, saying } from './parked-phrases.ts';
import { OFFERS, SCRIPTS_OF_PARKING, WEAK_PHRASES } from './weak-parked-phrases.ts';

/** A sign that a page only holds a place, too weak to say so by itself. */
export interface ParkedHint {
  readonly kind: HeldKind;
  /** What was seen, for people. */
  readonly seen: string;
}

/** How much larger than pages of its kind a page may be that says what they say. */
const TIMES_LARGER = 2;
/** Text in which weak phrases count, and links beside it. */
const WEAK_LIMITS: Readonly<Record<HeldKind, { readonly units: number; readonly links: number }>> = {
  for_sale: { units: 1_200, links: 20 },
  parked: { units: 1_200, links: 30 },
  placeholder: { units: 160, links: 4 },
  default_server: { units: 600, links: 10 },
  suspended: { units: 600, links: 8 },
};
const LEAST_SEARCHES = 3;
/** Text besides its own name with which a page still says nothing. */
const UNITS_BESIDE_NAME = 40;
const LINKS_BESIDE_NAME = 6;
/** The beginning of a larger page, in which it says what it is. */
const UNITS_AT_LENGTH = 500;

/**
 * Signs on a page that nothing decides: with one of them, and the same page at whatever path is asked for, it holds a
 * place. Without one it is not worth another request: sites drawn by scripts answer every path alike too.
 */
export function parkedHints(page: PageFeatures, grounds: ParkedGrounds = {}): ParkedHint[] {
  return [...saidAtLength(page), ...saidWeakly(page), ...shown(page), ...ofItsName(page), ...served(grounds)];
}

/** What decides on a small page, at the beginning of one that is larger than such pages mostly are. */
function saidAtLength(page: PageFeatures): ParkedHint[] {
  const { text, links } = page;
  for (const kind of ['for_sale', 'parked'] as const) {
    const limits = HELD_LIMITS[kind];
    const isSmall = text.length < limits.units && links.length <= limits.links;
    const isLarge = text.length >= limits.units * TIMES_LARGER || links.length > limits.links * TIMES_LARGER;
    if (isSmall || isLarge) continue;
    const beginning = text.slice(0, UNITS_AT_LENGTH);
    const match = saying(HELD_PHRASES[kind], page.title ?? '') ?? saying(HELD_PHRASES[kind], beginning);
    if (match !== null) return [{ kind, seen: `A page of more says: "${match.trim().slice(0, 120)}"` }];
  }
  return [];
}

function saidWeakly(page: PageFeatures): ParkedHint[] {
  for (const kind of ['for_sale', 'suspended', 'parked', 'default_server', 'placeholder'] as const) {
    const { units, links } = WEAK_LIMITS[kind];
    if (page.text.length >= units || page.links.length > links) continue;
    const match = saying(WEAK_PHRASES[kind], page.title ?? '') ?? saying(WEAK_PHRASES[kind], page.text);
    if (match !== null) return [{ kind, seen: `A small page says: "${match.trim().slice(0, 120)}"` }];
  }
  return [];
}

/** Scripts of parking services, and links that are searches for words. */
function shown({ resources, scriptUrls, globals, links, text }: PageFeatures): ParkedHint[] {
  if (text.length >= HELD_LIMITS.parked.units) return [];
  const script = [...resources, ...scriptUrls].find((url) => SCRIPTS_OF_PARKING.test(url));
  const variable = globals.find((name) => /^(?:park|parked|parking(?:data)?|lander(?:config)?)$/i.test(name));
  const searches = links.filter(isSearch).length;
  return [
    ...(script === undefined
      ? []
      : [{ kind: 'parked' as const, seen: `It runs ${script.slice(0, 120)}, as parked pages do` }]),
    ...(variable === undefined
      ? []
      : [{ kind: 'parked' as const, seen: `Its script sets "${variable}", as parked pages do` }]),
    ...(searches >= LEAST_SEARCHES && searches * 2 > links.length && links.length <= HELD_LIMITS.parked.links
      ? [{ kind: 'parked' as const, seen: `${searches} of its ${links.length} links are searches` }]
      : []),
  ];
}

const isSearch = (link: string): boolean =>
  /[?&](?:q|qs|query|kw|keywords?|search|term|k)=[^&]/i.test(URL.parse(link)?.search ?? '');

/** A page about its own name: that offers it, or has next to nothing else to say. */
function ofItsName(page: PageFeatures): ParkedHint[] {
  const { finalUrl, title, text, links, linkCounts, forms, markup } = page;
  if (text.length >= WEAK_LIMITS.for_sale.units) return [];
  const host = (URL.parse(finalUrl)?.hostname ?? '').replace(/^www\./, '');
  const said = `${title ?? ''} ${text}`.toLowerCase();
  if (host === '' || !said.includes(host)) return [];
  if (linkCounts.external > 0 || isAppShell(markup)) return [];
  const offer = (title ?? '').trim().toLowerCase() === host ? saying(OFFERS, text) : null;
  if (offer !== null && links.length <= WEAK_LIMITS.for_sale.links)
    return [{ kind: 'for_sale', seen: `A page with its name ${host} for a title says: "${offer}"` }];
  const beside = said.replaceAll(host, '').trim();
  // Somebody is behind a page with an address, a number or a form.
  if (beside.length > UNITS_BESIDE_NAME || /@|\d{5,}/.test(beside) || forms.length > 0) return [];
  if (links.length > LINKS_BESIDE_NAME || links.some((link) => /^(?:mailto|tel):/.test(link))) return [];
  return [{ kind: 'parked', seen: `The page says little more than its name, ${host}` }];
}

/** Where scripts draw a whole site: what came says nothing of what visitors see. */
const isAppShell = (markup: readonly string[]): boolean =>
  markup.some((item) =>
    /^(?:id=(?:root|app|__next|__nuxt|gatsby|svelte|ember|___gatsby|app-root|react-root|main-app)\b|ng-|data-(?:reactroot|server-rendered|v-app|n-head|sveltekit))/i.test(
      item,
    ),
  );

/** A name server of a parking service under a page that has more to say than parked ones: its customers have sites too. */
function served({ nameServers = [] }: ParkedGrounds): ParkedHint[] {
  const server = parkingNameOf(nameServers);
  return server === null
    ? []
    : [{ kind: 'parked', seen: `Its name server ${server} is that of a parking service` }];
}
