import type { PageFeatures } from './page-features.ts';

/** Whether a page only holds a place, and why it is thought so. */
export interface ParkedVerdict {
  readonly isParked: boolean;
  /** Each names what was seen; empty where nothing was. */
  readonly reasons: readonly string[];
}

/** Hosts to which parked names are sent, and from which their pages are served. */
const PARKING_HOSTS =
  /(?:^|\.)(?:sedo(?:parking)?\.com|parkingcrew\.net|bodis\.com|above\.com|dan\.com|afternic\.com|hugedomains\.com|undeveloped\.com|domainmarket\.com|buydomains\.com|uniregistry\.com|parklogic\.com|cashparking\.com|skenzo\.com|namedrive\.com|voodoo\.com|epik\.com|domainsponsor\.com|ztomy\.com|tonic\.to|smartname\.com|domain-for-sale\.[a-z]+|sav\.com|atom\.com|squadhelp\.com|brandbucket\.com|domainnamesales\.com|nicsell\.com|parkweb\.[a-z]+)$/i;

/** A word of every phrase below: most pages have none of them. */
const NAME_WORD = /dom[aeiíé]|parked|website|web ?(?:site|address)|internetadresse|домен|ドメイン|域名/i;

/** Phrases that mean the name itself is on offer: one of them is enough. */
const FOR_SALE: readonly RegExp[] = [
  /\b(?:this|the) (?:domain|web ?site|web address)(?: name)?(?: [\w.-]{1,80})? (?:is|may be|might be) (?:now )?(?:available )?(?:for sale|for purchase|parked)/i,
  /\b(?:buy|purchase|acquire|get|inquire about) this (?:premium )?domain\b/i,
  /\bdomain(?: name)? (?:is )?for sale\b/i,
  /\bthis domain (?:is|has been) (?:parked|registered (?:at|with|by)|reserved)\b/i,
  /\bparked (?:free|domain|page|courtesy)\b|\bdomain (?:is )?parked\b|\bparked this domain\b/i,
  /\b(?:diese|die) (?:domain|internetadresse)(?: [\w.-]{1,80})? (?:steht|ist|kann|wird)[^.!?]{0,40}(?:zum verkauf|zu verkaufen|verkauft|käuflich|geparkt|erworben)/i,
  /\bdomain (?:kaufen|erwerben|zu verkaufen)\b/i,
  /\b(?:ce|le) (?:nom de )?domaine(?: [\w.-]{1,80})? (?:est|peut être)[^.!?]{0,30}(?:à vendre|en vente|acheté|parké)/i,
  /\best(?:e|á) dominio(?: [\w.-]{1,80})? (?:está|esta|puede)[^.!?]{0,30}(?:en venta|a la venta|aparcado|estacionado)/i,
  /\b(?:questo|il) dominio(?: [\w.-]{1,80})? (?:è|e'|può)[^.!?]{0,30}(?:in vendita|parcheggiato)/i,
  /\b(?:deze|dit) domein(?:naam)?(?: [\w.-]{1,80})? (?:is|staat)[^.!?]{0,30}(?:te koop|geparkeerd)/i,
  /\b(?:este|o) domínio(?: [\w.-]{1,80})? (?:está|pode)[^.!?]{0,30}(?:à venda|estacionado)/i,
  /\b(?:ta |ta|niniejsza )?domena(?: [\w.-]{1,80})? (?:jest|została)[^.!?]{0,30}(?:na sprzedaż|do sprzedania|zaparkowana)/i,
  /этот домен[^.!?]{0,40}(?:продаётся|продается|припаркован)|домен (?:продаётся|продается|припаркован)/i,
  /(?:このドメイン|ドメイン)[^。]{0,20}(?:販売中|売り出し中|購入可能|お売りします|パーキング)/,
  /(?:该|此|本)?域名[^。]{0,12}(?:出售|转让|停放)/,
];

/** Phrases of pages that a host puts where nothing has been built yet; only believed on a short page. */
const PLACEHOLDER: readonly RegExp[] = [
  /\bwelcome to nginx!|\bapache2? (?:\w+ )?(?:default page|is functioning normally)|^it works!$|\biis windows server\b/i,
  /\b(?:web ?site|page|site) (?:is )?(?:coming soon|under construction)\b|^coming soon\b|\blaunching soon\b/i,
  /\bfuture home of (?:something|a )|\bdefault web ?site page\b|\bthis is the default (?:page|web)/i,
  /\bhier entsteht (?:eine|in kürze)|\bsite en construction\b|\bpágina en construcción\b|\bsito in (?:costruzione|allestimento)\b/i,
  /\bwebsite (?:is )?in aanbouw\b|\bsite em construção\b|\bstrona w (?:budowie|przygotowaniu)\b|сайт (?:находится )?в разработке|準備中です|网站建设中/i,
];

const SHORT_PAGE = 1_500;

/** Reads a page for signs that its name is parked, for sale or not used yet. */
export function classifyParked(page: PageFeatures): ParkedVerdict {
  const reasons: string[] = [];
  const host = URL.parse(page.finalUrl)?.hostname ?? '';
  if (PARKING_HOSTS.test(host)) reasons.push(`The site leads to ${host}, which parks names`);
  const serving = page.resources.find((url) => PARKING_HOSTS.test(URL.parse(url)?.hostname ?? ''));
  if (serving !== undefined)
    reasons.push(`Parts come from ${URL.parse(serving)?.hostname}, which parks names`);
  const said = `${page.title ?? ''}\n${page.description ?? ''}\n${page.text.slice(0, 4_000)}`;
  const offer = NAME_WORD.test(said) ? firstMatch(FOR_SALE, said) : null;
  // A long page may speak of domains for sale without being one.
  if (
    offer !== null &&
    (page.text.length < SHORT_PAGE * 2 || FOR_SALE.some((rule) => rule.test(page.title ?? '')))
  ) {
    reasons.push(`The page says: "${offer}"`);
  }
  if (page.text.length < SHORT_PAGE) {
    const placeholder = firstMatch(PLACEHOLDER, `${page.title ?? ''}\n${page.text}`);
    if (placeholder !== null) reasons.push(`Placeholder text: "${placeholder}"`);
  }
  return { isParked: reasons.length > 0, reasons };
}

function firstMatch(rules: readonly RegExp[], text: string): string | null {
  for (const rule of rules) {
    const match = rule.exec(text);
    if (match !== null) return match[0].slice(0, 120);
  }
  return null;
}
