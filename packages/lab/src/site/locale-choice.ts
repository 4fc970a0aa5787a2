import type { Locale } from './locale.ts';
import { centralLocales } from './locale-texts-central.ts';
import { westernLocales } from './locale-texts-western.ts';

/** Locales with the share of the pages that each has where the TLD does not decide. */
export const localeWeights: readonly (readonly [Locale, number])[] = [
  [westernLocales.US, 26],
  [westernLocales.GB, 14],
  [centralLocales.DE, 15],
  [westernLocales.FR, 10],
  [westernLocales.ES, 10],
  [centralLocales.PL, 7],
  [centralLocales.JP, 6],
  [westernLocales.IT, 4],
  [centralLocales.NL, 4],
  [westernLocales.BR, 4],
];

const localeByTld = new Map<string, Locale>([
  ['uk', westernLocales.GB],
  ['de', centralLocales.DE],
  ['at', centralLocales.DE],
  ['fr', westernLocales.FR],
  ['es', westernLocales.ES],
  ['it', westernLocales.IT],
  ['nl', centralLocales.NL],
  ['br', westernLocales.BR],
  ['pl', centralLocales.PL],
  ['jp', centralLocales.JP],
]);

/** The locale that a country's TLD suggests; undefined for all others. */
export function localeOfTld(tld: string): Locale | undefined {
  return localeByTld.get(tld);
}
