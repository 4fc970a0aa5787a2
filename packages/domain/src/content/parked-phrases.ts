import { runToEnd } from '../run-to-end.ts';
import { PatternIndex } from './technology/pattern-index.ts';

export type HeldKind = 'for_sale' | 'parked' | 'placeholder' | 'default_server' | 'suspended';

/** A name as it stands within a phrase: `The domain acme.com is …`. */
const NAME = '(?: [\\p{L}\\p{N}.-]{1,80})?';

/**
 * What pages say that only hold a place, in the languages they are met in. Each phrase must be about the name or the
 * site itself: houses are for sale too, and films come soon.
 */
const SOURCES: Readonly<Record<HeldKind, readonly string[]>> = {
  for_sale: [
    `\\b(?:this|the) (?:premium )?(?:domain|web address)(?: name)?${NAME} (?:is|may be|might be) (?:now )?(?:available )?(?:for sale|for purchase|to buy)`,
    '\\b[a-z0-9-]+\\.(?:com|net|org|io|co|ai|info|biz) (?:is|may be|might be) (?:available )?(?:for sale|to buy)\\b',
    '\\bthis web ?site is for sale! |\\bdiese (?:web ?site|webseite|internetseite) steht zum verkauf|\\bce site (?:web )?est à vendre !|\\bquesto sito è in vendita!|\\beste sitio web está en venta!',
    '\\b(?:buy|purchase|acquire|get|inquire about|interested in|own) this (?:premium )?(?:domain|name today)\\b',
    '\\bpremium domain(?: name)? is (?:available )?for (?:sale|purchase)\\b|\\bthis (?:premium )?domain(?: name)? (?:may|might) be available\\b(?! (?:in|from|at|to)\\b)',
    '\\b[a-z0-9-]+\\.[a-z]{2,12} is listed for sale\\b|\\b[a-z0-9-]+\\.[a-z]{2,12} is available (?:to|for) (?:lease|rent|purchase|buy)\\b|\\bmake this domain yours\\b',
    '^domain(?: name)? (?:is )?for sale\\b|\\bowner of [\\w.-]+ is accepting offers',
    `\\b(?:diese|die) (?:domain|internetadresse)${NAME} (?:steht|ist|kann|wird)[^.!?]{0,40}(?:zum verkauf|zu verkaufen|verkauft|käuflich|erworben)`,
    '(?:^|[\\s.?!])(?:diese )?domain(?: [\\w.-]{1,80})? (?:jetzt )?(?:kaufen\\?|zum kauf an|zu verkaufen)|domain [\\w.-]{3,80} (?:kaufen|zum kauf)|diese domain kaufen',
    `\\b(?:ce (?:nom de )?domaine${NAME}|le nom de domaine${NAME}|le domaine [\\w-]{1,63}(?:\\.[\\w-]{2,63})+) (?:est|peut être)[^.!?]{0,30}(?:à vendre|en vente|acheté)(?! [àa]u?\\b)|acheter ce (?:nom de )?domaine|nom de domaine à vendre`,
    `\\b(?:este|el) dominio${NAME} (?:está|esta|puede)[^.!?]{0,30}(?:en venta|a la venta)|compr[ae] este dominio`,
    `\\b(?:questo|il) dominio${NAME} (?:è|e'|può)[^.!?]{0,30}(?:in vendita|acquistato)`,
    `\\b(?:deze|dit|de) domein(?:naam)?${NAME} (?:is|staat)[^.!?]{0,30}te koop`,
    `(?:este|o) domínio${NAME} (?:está|pode)[^.!?]{0,30}à venda|compre este domínio`,
    `(?:^|[^\\p{L}])(?:ta|niniejsza)? ?domena${NAME} (?:jest|została)[^.!?]{0,30}(?:na sprzedaż|do sprzedania)`,
    'домен(?: [\\p{L}\\p{N}.-]{1,80})? (?:продаётся|продается|выставлен на продажу)',
    '(?:このドメイン|ドメイン)[^。]{0,20}(?:販売中|売り出し中|購入可能|お売りします)',
    '(?:该|此|本)?域名[^。，]{0,12}(?:出售|转让)',
    '이 도메인은[^.]{0,10}판매',
    `dom(?:än|ænet?|ene|enet|änen|ain)${NAME} (?:är|er) til(?:l)? sal(?:u|gs?)|dette domæne er til salg`,
    'verkkotunnus on myytävänä|doména(?: [\\w.-]{1,80})? je na (?:prodej|predaj)|a domain eladó|alan adı(?: [\\w.-]{1,80})? satılık|domeni[a-zăâîșț]*(?: [\\w.-]{1,80})? este de vânzare|domain πωλείται|domain ini dijual',
  ],
  parked: [
    `\\b(?:this|the) (?:domain|web ?page|web ?site)(?: name)?${NAME} (?:is|has been) (?:currently |now )?(?:parked|registered (?:at|with|by|via)|reserved\\.)`,
    '\\b(?:web ?page|domain) is parked\\b|\\bparked (?:for )?free,? (?:of charge|courtesy|by|at)\\b|\\bcurrently parked by the owner|^parked (?:domain|page)\\b|provided courtesy of (?:the |your )?(?:registrar|hosting)',
    'congratulations on (?:registering|purchasing|buying) your (?:new )?domain|^[\\w.-]+ \\| parked at\\b|votre (?:nom de )?domaine(?: [\\w.-]{1,80})? a bien été (?:créé|enregistré)|domain im kundenauftrag registriert',
    "sedo(?:’s|'s)? domain parking|this domain has been purchased and parked|\\bparked on the bun\\b|your domain is active and is using [\\w.-]{1,40} nameservers|this domain was (?:recently|successfully) registered (?:at|with)",
    'domain was registered at|owner has not (?:yet )?(?:uploaded|published)|is your first and best source for',
    'sponsored listings displayed above|domain owner(?: maintains?)?[^.]{0,40}(?:relationship with|parking service)|using a parking service',
    `(?:diese |die |eine )domain${NAME} (?:wurde|ist)[^.!?]{0,40}(?:geparkt|registriert|reserviert|freigeschaltet)`,
    `\\b(?:ce|le) (?:nom de )?domaine${NAME} (?:est|a été)[^.!?]{0,20}(?:parké|parqué|enregistré|réservé)`,
    `\\b(?:este|el) dominio${NAME} (?:está|ha sido)[^.!?]{0,20}(?:aparcado|estacionado|registrado|reservado)`,
    `\\b(?:questo|il) dominio${NAME} (?:è|e') (?:stato )?(?:registrato|parcheggiato)`,
    `(?:deze|dit|de) domein(?:naam)?${NAME} is (?:geparkeerd|geregistreerd|gereserveerd)`,
    `(?:este|o) domínio${NAME} (?:está|foi) (?:estacionado|registrado|reservado)`,
    'domena(?: [\\w.-]{1,80})? (?:jest|została) (?:zaparkowana|utrzymywana|zarejestrowana)',
    'домен(?: [\\p{L}\\p{N}.-]{1,80})? (?:припаркован|зарегистрирован|не прилинкован)',
    'ドメイン(?:は|を)[^。]{0,12}(?:パーキング|取得済み|取得されています)|域名[^。]{0,10}(?:停放|已注册)|이 도메인은[^.]{0,12}(?:등록|파킹)',
    'dom(?:än|æne)(?:en|t)? är (?:parkerad|registrerad)|domän är parkerad|domæne(?:t)? er parkeret|domene(?:t)? er parkert|doména je zaparkov|domain parkolt|alan adı park edil|domeniu(?:l)? este (?:parcat|înregistrat)',
  ],
  placeholder: [
    '^[\\w-]+(?:\\.[\\w-]+)+ [—–|-] coming soon\\b|^\\s*coming soon\\b|\\b(?:web ?site|site|page) (?:is )?(?:currently )?(?:coming soon|under (?:construction|maintenance))(?![: ]*[a-z]* (?:street|tower))',
    "\\bwe(?:'|’)?(?:re| are) (?:launching soon|under construction)|\\bfuture home of|something (?:amazing|awesome|great|new|exciting) is coming|new (?:web ?)?site is (?:on its way|coming)",
    "domain (?:isn(?:'|’)t|is not) connected to a (?:web ?)?site yet|sorry, this (?:shop|store) is currently unavailable|there(?:'|’)s nothing here, yet",
    'unavailable for scheduled maintenance|opening soon\\b[^a-z]{0,3}be the first|be the first to know when we launch',
    'hier entsteht (?:in kürze )?(?:eine|unsere)[^.!?]{0,20}(?:internetpräsenz|webseite|website|homepage|seite)|(?:web ?site|webseite|homepage|seite) (?:ist|befindet sich)[^.!?]{0,20}(?:im aufbau|in bearbeitung|wartungsmodus)|erscheint in kürze (?:die|eine|unsere) (?:internet|web|home)',
    'site (?:web )?(?:est )?en construction|site sera bientôt|(?:página|sitio)(?: web)? en construcción|sito (?:web )?(?:è )?in (?:costruzione|allestimento)',
    '(?:web)?site is in aanbouw|site em construção|strona w (?:budowie|przygotowaniu)|сайт (?:находится )?в (?:стадии )?разработк|(?:ホームページ|サイト)[^。]{0,6}準備中|网站(?:正在)?建设中|홈페이지 준비 ?중',
    '(?:webbplats|hemsida|hjemmeside|nettside)n? (?:är|er) under (?:upp|op)?byg|sivusto on rakenteilla|stránky jsou ve výstavbě|yapım aşamasında|site(?:-ul)? (?:este )?în construcție|weboldalunk fejlesztés',
    'welcome to wordpress\\. this is your first post|dies ist dein erster beitrag\\. bearbeite|ceci est votre premier article|esta es tu primera entrada|questo è il tuo primo articolo|dit is je eerste bericht|este é o seu primeiro post|to jest twój pierwszy wpis',
  ],
  default_server: [
    'welcome to (?:nginx|openresty|centos|xampp|directadmin|your new server)|nginx web server is successfully installed|test page for the (?:nginx|apache)|(?:apache|http) (?:http )?server test page|proper operation of the (?:apache|nginx)?',
    "apache2? [\\p{L} ]{0,12}default page|default welcome page used to test|^\\s*it works!\\s*$|^iis(?: windows server|\\d)|default web ?site page|web server's default page|domain default page|default domain page",
    'you are now running bitnami|deployment could not be found on vercel|laravel has wonderful documentation covering',
    'no web ?site at this address|installed caddy|caddy works!|successfully installed (?:tomcat|xampp)|^index of /|default (?:directadmin|index|virtualmin) page|default virtualmin page',
    'welcome to synology web station|web station has been enabled|^\\s*hello world :-\\)\\s*$',
    "openlitespeed web server|new web server is ready to use|there isn(?:'|’)t a github pages site here|default page for this domain|has not put up any web pages|page has been generated by directadmin|successfully installed openlitespeed|^the install worked successfully! congratulations|this is the default (?:page|web)",
  ],
  suspended: [
    'this (?:account|domain|web ?site|site)(?: name)? (?:has been|is) suspended|domain(?: name)?(?: [\\w.-]{1,80})? (?:has )?expired\\b[^.]{0,20}|pending renewal',
    'diese (?:domain|webseite|website) (?:ist|wurde) (?:abgelaufen|gesperrt)|ce site est suspendu|domaine (?:a |est )expiré|este dominio ha caducado|domein(?:naam)? is verlopen|dominio (?:è )?scaduto|срок регистрации домена|domena wygasła',
    'this account has expired|^squarespace - website expired|(?:cuenta|página|sitio(?: web)?) suspendid[ao]|(?:sito|account) sospeso|(?:conta|site) suspens[ao]|konto (?:hostingowe )?(?:zostało )?zawieszone|(?:account|konto) (?:ist |wurde )?gesperrt|(?:website|account) is opgeschort|hesap askıya alın|účet byl pozastaven|сайт (?:временно )?(?:отключ[её]н|заблокирован|приостановлен)|обслуживание приостановлено|(?:网站|站点)(?:已|被|已被)(?:暂停|关闭|停用)|アカウント(?:は|が)[^。]{0,8}停止',
  ],
};

const phrase = (sources: readonly string[]): RegExp => new RegExp(sources.join('|'), 'iu');

/** All of a kind. */
export const HELD_PHRASES: Readonly<Record<HeldKind, RegExp>> = {
  for_sale: phrase(SOURCES.for_sale),
  parked: phrase(SOURCES.parked),
  placeholder: phrase(SOURCES.placeholder),
  default_server: phrase(SOURCES.default_server),
  suspended: phrase(SOURCES.suspended),
};

interface Phrase {
  readonly kind: HeldKind;
  readonly source: string;
}

let index: PatternIndex<Phrase> | null = null;

function phraseIndex(): PatternIndex<Phrase> {
  if (index !== null) return index;
  const kinds = Object.entries(SOURCES) as [HeldKind, readonly string[]][];
  const phrases = kinds.flatMap(([kind, sources]) => sources.map((source) => ({ kind, source })));
  index = runToEnd(PatternIndex.making(phrases));
  return index;
}

/**
 * Kinds of which a phrase may stand in one of the texts. The expressions are slow, and in most texts is not a word that
 * one needs: all of these are looked for in one pass.
 */
export function kindsToLookFor(texts: readonly string[]): ReadonlySet<HeldKind> {
  const kinds = new Set<HeldKind>();
  phraseIndex().eachCandidate(texts, ({ kind }) => kinds.add(kind));
  return kinds;
}

/** Text of a page, in UTF-16 units, and links on it beyond which a phrase of the kind is not believed. */
export const HELD_LIMITS: Readonly<Record<HeldKind, { readonly units: number; readonly links: number }>> = {
  for_sale: { units: 3_000, links: 24 },
  parked: { units: 2_500, links: 24 },
  placeholder: { units: 700, links: 12 },
  default_server: { units: 2_500, links: 30 },
  suspended: { units: 900, links: 10 },
};

/** Hosts to which parked names are sent, and from which their pages are served. */
export const PARKING_HOSTS =
  /(?:^|\.)(?:sedo(?:parking)?\.com|parkingcrew\.net|bodis\.com|above\.com|dan\.com|afternic\.com|hugedomains\.com|undeveloped\.com|domainmarket\.com|buydomains\.com|uniregistry\.com|parklogic\.com|cashparking\.com|skenzo\.com|namedrive\.com|voodoo\.com|epik\.com|domainsponsor\.com|ztomy\.com|tonic\.to|smartname\.com|domain-for-sale\.[a-z]+|sav\.com|atom\.com|squadhelp\.com|brandbucket\.com|domainnamesales\.com|nicsell\.com|parkweb\.[a-z]+|parking(?:page)?\.[a-z.]+|[a-z-]*parking\.(?:com|net|it|de)|fabulous\.com|rookdns\.com|trafficclub\.[a-z]+|dsredirection\.com|tonicdns\.[a-z]+)$/i;

/** Scripts of parking services on hosts that serve others too. */
export const PARKING_PARTS =
  /google\.com\/adsense\/domains\/caf\.js|wsimg\.com\/parking-lander\/|(?:d38psrni17bvxu|d1lxhc4jvstzrp)\.cloudfront\.net/i;

/** The first of the names that is a parking service's; null where none is. A dot at the end does not matter. */
export const parkingNameOf = (names: readonly string[] = []): string | null =>
  names.map((name) => name.replace(/\.$/, '')).find((name) => PARKING_HOSTS.test(name)) ?? null;

/** What the phrase matches, unless it stands in quotation marks: pages about such pages quote them. */
export function saying(phrase: RegExp, text: string): string | null {
  const match = phrase.exec(text);
  if (match === null || /["“„«»‘’「]/.test(text[match.index - 1] ?? '')) return null;
  return match[0];
}
