import type { PageFeatures } from './page-features.ts';
import { type HeldKind, PARKING_HOSTS } from './parked-phrases.ts';

/** Text beside which a page has more to do than to lead elsewhere. */
const LITTLE_TEXT = 120;

/** Where pages of hosting panels and parking services lead by script or by refresh, so that no redirect is seen. */
const PATHS: readonly (readonly [HeldKind, RegExp])[] = [
  ['suspended', /^\/cgi-sys\/suspendedpage\.cgi$/i],
  ['default_server', /^\/cgi-sys\/(?:defaultwebpage|movingpage)\.cgi$/i],
  ['parked', /^\/lander\/?$/i],
];

/** Pages of one name at markets that have other pages too. */
const MARKETS = /^(?:www\.)?(?:godaddy\.com\/(?:[a-z]{2}(?:-[a-z]{2})?\/)?forsale|namecheap\.com\/market)\//i;

const kindOfPath = ({ hostname, pathname }: URL): HeldKind | undefined =>
  MARKETS.test(hostname + pathname) ? 'for_sale' : PATHS.find(([, path]) => path.test(pathname))?.[0];

/** What kind of place holder stands at a URL, as far as that tells; undefined where it does not. */
export const heldKindAt = (url: URL): HeldKind | undefined =>
  PARKING_HOSTS.test(url.hostname) ? 'parked' : kindOfPath(url);

/**
 * What kind of place holder a site has led to by then, or an all but empty page leads to, and where; null where that is
 * none.
 */
export function leadsAway(page: PageFeatures): { readonly kind: HeldKind; readonly url: string } | null {
  const here = URL.parse(page.finalUrl);
  const kind = here === null ? undefined : kindOfPath(here);
  if (kind !== undefined) return { kind, url: page.finalUrl };
  if (page.text.length > LITTLE_TEXT) return null;
  const refresh = /url\s*=\s*['"]?([^'"\s]+)/i.exec(page.meta['refresh'] ?? '')?.[1];
  for (const target of [...(refresh === undefined ? [] : [refresh]), ...page.scriptUrls]) {
    const url = URL.parse(target, page.finalUrl);
    if (url === null) continue;
    const kind = heldKindAt(url);
    if (kind !== undefined) return { kind, url: url.href };
  }
  return null;
}
