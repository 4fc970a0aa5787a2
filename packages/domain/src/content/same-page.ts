import { simhashDistance } from './measure-text.ts';
import type { PageFeatures } from './page-features.ts';

/** Bits in which similarity hashes of one page may differ: it tells the time, or what was asked for. */
const MOST_BITS = 3;

/**
 * Whether a page that was asked for by a random name is the home page again: there or where that one leads, with the same
 * body, a text that is alike, or the same few words. `name` is the random part, which pages may repeat.
 */
export function isSamePage(home: PageFeatures, other: PageFeatures, name: string): boolean {
  if (home.statusCode !== 200 || other.statusCode !== 200) return false;
  if (other.finalUrl !== home.finalUrl && !other.finalUrl.includes(name)) return false;
  if (home.bodySha256 === other.bodySha256) return true;
  if (home.simhash !== null && other.simhash !== null)
    return simhashDistance(home.simhash, other.simhash) <= MOST_BITS;
  const words = ({ title, text }: PageFeatures): string =>
    `${title ?? ''}\n${text}`.replaceAll(name, '').replace(/\s+/g, ' ').trim();
  return words(home) === words(other);
}
