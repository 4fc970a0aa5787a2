import type { DatabaseClients } from '@domainflow/db/client.ts';

/**
 * Leads made up in the database, with what real ones look like: 70% are alone, the others in groups of 2 to 10,000 by
 * body, similar text, tracker or icon; a tenth share a quarter of their similarity hash with nobody's text in common; few
 * keywords, technologies, languages and countries are common and most are rare; 62% have an e-mail address.
 */
export async function fillLeads(
  sql: DatabaseClients['sql'],
  campaigns: readonly { readonly campaignId: string; readonly share: number }[],
  rows: number,
): Promise<void> {
  let from = 0;
  for (const { campaignId, share } of campaigns) {
    const to = from + Math.round(rows * share);
    await sql.unsafe(leadsOf(campaignId, from, Math.min(to, rows), rows));
    from = to;
  }
  await sql`
    INSERT INTO domains (campaign_id, ordinal, name) SELECT campaign_id, ordinal, domain FROM leads
    ORDER BY campaign_id, ordinal`;
  await sql.unsafe(TERMS);
  await sql`VACUUM ANALYZE`;
}

const WORDS = {
  first:
    'alpha,berg,blue,bright,city,cloud,craft,data,digital,east,eco,euro,fast,fine,first,fresh,global,gold,green,grand,happy,haus,home,iron,key,land,light,local,mega,metro,micro,moon,net,neo,next,nord,nova,ocean,open,peak,prime,pure,quick,rapid,red,river,royal,silver,smart,snow,solar,star,stone,sun,swift,top,true,urban,vital,west',
  second:
    'agency,art,auto,bakery,bank,bau,beauty,bike,books,box,build,care,clinic,club,code,coffee,consult,dental,design,energy,events,farm,fashion,film,finance,fit,food,garden,group,hotel,insure,invest,jobs,kitchen,lab,law,logistics,market,media,music,office,pharma,photo,print,real,rent,school,shop,soft,spa,sport,store,studio,supply,tech,tools,travel,works,yoga,zone',
  zones: 'com,com,com,com,de,de,net,org,io,co.uk,fr,nl,ch,at',
} as const;

const array = (words: string): string => `'{${words}}'::text[]`;
/** A number in [0, 1) that the lead's number and the seed decide. */
const random = (number: string, seed: number): string =>
  `((hashint8extended(${number}, ${seed}) & 1073741823) / 1073741824.0)`;
const pick = (words: string, seed: number, at = 'n'): string =>
  `(${array(words)})[1 + floor(${random(at, seed)} * ${words.split(',').length})::int]`;
/** A number below `count`, the small ones far more often. */
const skewed = (count: number, power: number, number: string, seed: number): string =>
  `floor(${count} * power(${random(number, seed)}, ${power}))::int`;

/** The group of the `p`th of those that have one: a few of thousands, many of two. */
const GROUP = `CASE WHEN p < 10000 THEN 0 WHEN p < 20000 THEN 1 + (p - 10000) / 5000 WHEN p < 30000 THEN 10 + (p - 20000) / 2000
  WHEN p < 40000 THEN 20 + (p - 30000) / 1000 WHEN p < 50000 THEN 100 + (p - 40000) / 200
  WHEN p < 60000 THEN 200 + (p - 50000) / 50 WHEN p < 80000 THEN 1000 + (p - 60000) / 20
  WHEN p < 120000 THEN 3000 + (p - 80000) / 8 WHEN p < 200000 THEN 10000 + (p - 120000) / 4
  ELSE 40000 + (p - 200000) / 2 END`;

const LANGUAGES = 'en,de,fr,nl,es,it,pl,pt,sv,da,cs,fi,hu,ro,tr,ja,ko,zh,ru,el';
const COUNTRIES = 'US,DE,GB,FR,NL,CH,AT,ES,IT,PL,PT,SE,DK,CZ,FI,HU,RO,TR,JP,KR';

const leadsOf = (campaignId: string, from: number, to: number, rows: number): string => `
  INSERT INTO leads (campaign_id, ordinal, domain, url, title, score, score_parts, keyword_matches, contacts, technologies,
    facts, language, country, simhash, favicon_hash, trackers, body_sha256)
  SELECT '${campaignId}', n - ${from}, domain, 'https://' || domain || '/', title, score,
    jsonb_build_array(jsonb_build_object('part', 'keyword', 'points', score, 'reason', '"invoice" in the title, once (weight 20): an invoice for you')),
    keywords, contacts, technologies,
    jsonb_build_object('url', 'https://' || domain || '/', 'title', title, 'description', null, 'language', language,
      'saysLanguage', true, 'country', country, 'textUnits', n % 4000, 'year', 2010 + n % 17, 'organisation', null, 'parked', '[]'::jsonb,
      'keywords', (SELECT coalesce(jsonb_agg(k - 'matchContext'), '[]') FROM jsonb_array_elements(keywords) AS k),
      'contacts', (SELECT coalesce(jsonb_agg(c - 'value' - 'sourceUrl'), '[]') FROM jsonb_array_elements(contacts) AS c),
      'technologies', (SELECT coalesce(jsonb_agg(t - 'evidence'), '[]') FROM jsonb_array_elements(technologies) AS t)),
    language, country,
    CASE WHEN g IS NULL AND n % 10 = 9 THEN (hashint8extended(n, 40) & ~65535::bigint) | 4660
      WHEN g IS NULL OR kind >= 2 THEN hashint8extended(n, 40)
      WHEN kind = 0 THEN hashint8extended(g, 41) ELSE hashint8extended(g, 41) # (1::bigint << (n % 63)::int) END,
    CASE WHEN kind = 3 THEN hashint8(g) WHEN n % 3 = 0 THEN (n % 20)::int END,
    CASE WHEN kind = 2 THEN ARRAY['ga:G-' || g] ELSE '{}' END,
    encode(sha256(convert_to(CASE WHEN kind = 0 THEN 'group ' || g ELSE 'lead ' || n END, 'UTF8')), 'hex')
  FROM (
    SELECT n, g, CASE WHEN g IS NULL THEN NULL WHEN g < 200 THEN g % 2 ELSE g % 4 END AS kind,
      ${pick(WORDS.first, 1)} || ${pick(WORDS.second, 2)} || to_hex(n) || '.' || ${pick(WORDS.zones, 3)} AS domain,
      initcap(${pick(WORDS.first, 1)} || ' ' || ${pick(WORDS.second, 2)}) || ' number ' || n AS title,
      ${skewed(100, 1.6, 'n', 4)} AS score, (${array(LANGUAGES)})[1 + ${skewed(20, 3, 'n', 5)}] AS language,
      (${array(COUNTRIES)})[1 + ${skewed(20, 3, 'n', 6)}] AS country
    FROM (
      SELECT n, CASE WHEN n % 10 < 3 THEN ${GROUP} END AS g
      FROM (
        SELECT n, ((n / 10 * 3 + n % 10) * 7919) % ${Math.max(1, Math.ceil(rows * 0.3))} AS p
        FROM generate_series(${from}::bigint, ${to - 1}) AS n) AS numbered) AS grouped) AS made
  CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('keyword', 'keyword ' || ${skewed(60, 3, 'n * 8 + i', 7)}, 'category', 'buy',
      'weight', 5 + n % 20, 'place', 'title', 'count', 1, 'matchContext', 'here is an invoice for you')), '[]') AS keywords
    FROM generate_series(1, 1 + (n % 4)::int) AS i) AS k
  CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('name', 'Tech ' || ${skewed(300, 3, 'n * 8 + i', 8)}, 'version', null,
      'evidence', 'header server', 'confidence', 90)), '[]') AS technologies
    FROM generate_series(1, 2 + (n % 5)::int) AS i) AS t
  CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'value', value, 'place', place, 'sourceUrl', 'https://' || domain || '/',
      'confidence', 0.9)), '[]') AS contacts
    FROM (VALUES ('email', 'info@' || domain, 'mailto', ${random('n', 9)} < 0.62),
      ('phone', '+4930' || (10000000 + n), 'tel', ${random('n', 10)} < 0.45),
      ('social', 'https://social.example/' || n, 'link', ${random('n', 11)} < 0.3)) AS given (kind, value, place, holds)
    WHERE holds) AS c`;

const TERMS = `
  INSERT INTO lead_terms (campaign_id, ordinal, domain, terms)
  SELECT campaign_id, ordinal, domain,
    ARRAY(SELECT DISTINCT 'keyword:' || lower(k->>'keyword') FROM jsonb_array_elements(keyword_matches) k) ||
    ARRAY(SELECT DISTINCT 'has:' || (c->>'kind') FROM jsonb_array_elements(contacts) c) ||
    ARRAY(SELECT 'lacks:' || kind FROM unnest(ARRAY['email', 'phone', 'social']) AS kind
      WHERE NOT contacts @> jsonb_build_array(jsonb_build_object('kind', kind))) ||
    ARRAY(SELECT DISTINCT 'technology:' || lower(t->>'name') FROM jsonb_array_elements(technologies) t) ||
    ARRAY['language:' || language, 'country:' || lower(country)]
  FROM leads ORDER BY campaign_id, ordinal`;
