import type { CountryCode } from 'libphonenumber-js/min';
import { isSupportedCountry } from 'libphonenumber-js/min';
import type { PageFeatures } from './page-features.ts';

/** Country where a language is mostly meant, where the page says no more. */
const COUNTRY_OF_LANGUAGE: Readonly<Record<string, CountryCode>> = {
  de: 'DE',
  fr: 'FR',
  es: 'ES',
  it: 'IT',
  nl: 'NL',
  pt: 'PT',
  pl: 'PL',
  ja: 'JP',
  en: 'US',
  ru: 'RU',
  uk: 'UA',
  cs: 'CZ',
  sk: 'SK',
  hu: 'HU',
  ro: 'RO',
  bg: 'BG',
  el: 'GR',
  tr: 'TR',
  sv: 'SE',
  da: 'DK',
  nb: 'NO',
  no: 'NO',
  fi: 'FI',
  et: 'EE',
  lv: 'LV',
  lt: 'LT',
  sl: 'SI',
  hr: 'HR',
  sr: 'RS',
  he: 'IL',
  ko: 'KR',
  zh: 'CN',
  vi: 'VN',
  th: 'TH',
  id: 'ID',
  hi: 'IN',
};

/** Country-code TLDs that are used for anything but their country. */
const GENERIC_CCTLDS = new Set('io co ai me tv cc ws to ly fm am la gg sh ac vc im st nu'.split(' '));
/** Second levels below them that are used in their country only. */
const NATIONAL_LEVELS = new Set(['com', 'net', 'org', 'edu', 'gov', 'gob', 'mil']);

/**
 * The country whose numbers a page writes nationally: from its language tag's region, an address in structured data,
 * its country TLD, then its language; null where none of them says.
 */
export function countryHint(page: PageFeatures): CountryCode | null {
  const [language, region] = (page.language ?? '').split('-');
  const said =
    supported(region) ??
    supported(addressCountry(page.jsonLd)) ??
    supported(/[_-]([A-Za-z]{2})$/.exec(page.meta['og:locale'] ?? '')?.[1]);
  if (said !== null) return said;
  const labels = (URL.parse(page.finalUrl)?.hostname ?? '').split('.');
  const tld = labels.at(-1) ?? '';
  if (tld === 'uk') return 'GB';
  const isNational = !GENERIC_CCTLDS.has(tld) || NATIONAL_LEVELS.has(labels.at(-2) ?? '');
  if (tld.length === 2 && isNational && isSupportedCountry(tld.toUpperCase())) {
    return tld.toUpperCase() as CountryCode;
  }
  return COUNTRY_OF_LANGUAGE[(language ?? '').toLowerCase()] ?? null;
}

function supported(written: string | undefined): CountryCode | null {
  const code = written?.toUpperCase();
  return code !== undefined && isSupportedCountry(code) ? code : null;
}

/** The first `addressCountry` of two letters, in the order in which the blocks are written. */
function addressCountry(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (const item of value) {
      const country = addressCountry(item);
      if (country !== undefined) return country;
    }
    return undefined;
  }
  for (const [name, item] of Object.entries(value)) {
    if (name === 'addressCountry' && typeof item === 'string' && /^[A-Za-z]{2}$/.test(item)) return item;
    const country = addressCountry(item);
    if (country !== undefined) return country;
  }
  return undefined;
}
