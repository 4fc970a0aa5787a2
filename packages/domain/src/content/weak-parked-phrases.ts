import type { HeldKind } from './parked-phrases.ts';

const phrase = (...sources: readonly string[]): RegExp => new RegExp(sources.join('|'), 'iu');

/** A domain in the languages that pages of this kind are met in; estates are `domaine` and `dominio` too. */
const DOMAIN =
  '(?:\\bdomain\\b|domän|domæne|domenet?|domein|nom de domaine|ce domaine|nombre de dominio|este dominio|nome a dominio|questo dominio|este domínio|domena|doména|domeniul|домен|ドメイン|域名|도메인|\\bweb address|internetadresse|verkkotunnus|alan adı)';

/** Beginnings of words with which names are offered. */
const OFFER =
  'offer|price|broker|buy\\b|leas(?:e|ing)\\b|sell\\b|auction|inquir|acquire|angebot|preis|kauf|verkauf|offre|prix|vendre|achat|achet|oferta|precio|venta|vende|comprar|offert|prezzo|vendita|acquist|bod\\b|prijs|koop|kopen|venda|preço|sprzeda|kupi|cena\\b|till? sal|prodej|eladó|satılık|vânzare';

/** Words that a page may say for many reasons, and pages that only hold a place mostly do. */
export const WEAK_PHRASES: Readonly<Record<HeldKind, RegExp>> = {
  for_sale: phrase(
    `${DOMAIN}[^.!。]{0,60}\\b(?:${OFFER})`,
    `\\b(?:${OFFER})[^.!?]{0,60}${DOMAIN}`,
    `${DOMAIN}[^.!?]{0,40}(?:прода|купить|цена)|(?:купить|продажа|цена)[^.!?]{0,30}домен|(?:ドメイン|域名)[^。]{0,20}(?:販売|購入|価格|購買|购买|报价|价格|售)|도메인[^.]{0,12}(?:구매|판매|가격)`,
    '^\\s*(?:make an offer|for sale|zu verkaufen|à vendre|en venta|in vendita|te koop|à venda|na sprzedaż|продаётся|продается|till? salu?)\\s*$',
  ),
  parked: phrase(
    '\\b(?:related (?:searches|links|topics)|sponsored (?:links|listings|results)|popular (?:searches|categories)|top searches|search ads|ads by)\\b',
    'gesponserte (?:links|ergebnisse|anzeigen)|ähnliche suchanfragen|weiterführende (?:links|themen)|verwandte (?:suchen|themen)|relevante suchbegriffe',
    'recherches (?:associées|apparentées)|liens sponsorisés|búsquedas relacionadas|enlaces patrocinados|ricerche correlate|link sponsorizzati|gerelateerde zoekopdrachten|gesponsorde (?:links|koppelingen)|pesquisas relacionadas|links patrocinados|powiązane wyszukiwania|linki sponsorowane|похожие запросы|рекламные ссылки|関連(?:検索|キーワード)|相关搜索|赞助链接',
    `\\b(?:this|the|your) (?:domain|web ?site|name)\\b[^.!?]{0,40}\\b(?:registered|reserved|hosted|managed|protected|secured|parked|delegated|not (?:yet )?(?:configured|connected|in use|linked|assigned))\\b`,
    `\\b(?:diese|die|ihre) (?:domain|adresse|seite)\\b[^.!?]{0,40}(?:registriert|reserviert|gehostet|verwaltet|geschützt|noch nicht|nicht (?:konfiguriert|verbunden))`,
    `${DOMAIN}[^.!?。]{0,30}(?:enregistré|réservé|hébergé|registrad[oa]|reservad[oa]|registrato|geregistreerd|gereserveerd|zarejestrowan|registrovan|registrerad|registreret|registrert|зарегистрирован|取得|管理|登録|注册|등록)`,
    '\\b(?:web|domain|site) hosting (?:by|provided by|powered by)\\b|\\bregistered (?:with|at|by|through) [\\p{L}\\d.-]{3,40}$|\\bdomain registered\\b',
  ),
  placeholder: phrase(
    'coming soon|launching|opening soon|check back|stay tuned|work in progress|\\bwebsite\\b[^.!?]{0,20}\\b(?:soon|shortly|progress)\\b|\\bunder (?:construction|development|maintenance)|be right back|(?:nothing|no content|not much) (?:here|to see)',
    'in kürze|demnächst|bald (?:online|hier|verfügbar|erreichbar)|im aufbau|in arbeit|wartungsarbeiten|bientôt|en travaux|en construction|próximamente|en construcción|muy pronto|prossimamente|presto online|in costruzione|binnenkort|in opbouw|em breve|em construção|wkrótce|w (?:budowie|przygotowaniu)|скоро|в разработке|на реконструкции|近日(?:公開|オープン)|準備中|建设中|敬请期待|준비 ?중|kommer snart|under (?:opbygning|uppbyggnad|konstruktion)|tulossa pian|již brzy|připravujeme|hamarosan|yakında|în curând|έρχεται σύντομα|segera hadir',
  ),
  default_server: phrase(
    '\\b(?:default (?:page|site|host|virtual ?host|server|website)|placeholder page|test page|it works|server is (?:up|running|working)|successfully (?:installed|deployed|configured)|no (?:site|website|app|application) (?:is )?(?:configured|found|deployed|here)|site not (?:found|configured)|replace this (?:page|file)|your (?:app|site|server) is (?:live|running|ready))\\b',
    'standardseite|seite par défaut|page par défaut|página (?:predeterminada|por defecto|padrão)|pagina predefinita|standaardpagina|strona domyślna|страница по умолчанию|デフォルトページ|默认页面',
  ),
  suspended: phrase(
    '\\b(?:suspended|deactivated|disabled|expired|renew(?:al)?)\\b[^.!?]{0,60}\\b(?:account|domain|site|website|hosting|provider|registrar|owner|billing)\\b',
    '\\b(?:account|domain|site|website|hosting)\\b[^.!?]{0,60}\\b(?:suspended|deactivated|disabled|expired|renew(?:ed|al)?)\\b',
    '(?:gesperrt|abgelaufen|deaktiviert|suspendu|expiré|désactivé|caducad|suspendid|sospeso|scadut|verlopen|opgeschort|expirad|suspens[oa]|wygas|zawieszon|истек|заблокирован|приостановлен)',
  ),
};

/** With what a page offers the name that it has for a title. */
export const OFFERS = phrase(`\\b(?:${OFFER})|[$€£¥]\\s?\\d|\\b\\d[\\d.,]* (?:usd|eur|gbp|chf)\\b|escrow`);

/** Scripts from which pages of parking services are made, whoever serves them. */
export const SCRIPTS_OF_PARKING =
  /\/adsense\/domains\/|\/parking-?(?:lander|page|crew|js)?[/.]|\bdomain-?(?:lander|parking|for-?sale)\b|\/(?:lander|landers|parkjs|parked)[/.?]|\/sale_?form\b/i;
