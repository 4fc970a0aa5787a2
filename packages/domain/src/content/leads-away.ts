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

/** What kind of place holder an all but empty page leads to, and where; null where it leads to none. */
export function leadsAway(page: PageFeatures): { readonly kind: HeldKind; readonly url: string } | null {
  if (page.text.length > LITTLE_TEXT) return null;
  const refresh = /url\s*=\s*['"]?([^'"\s]+)/i.exec(page.meta['refresh'] ?? '')?.[1];
  for (const target of [...(refresh === undefined ? [] : [refresh]), ...page.scriptUrls]) {
    const url = URL.parse(target, page.finalUrl);
    if (url === null) continue;
    const kind = PARKING_HOSTS.test(url.hostname)
      ? 'parked'
      : PATHS.find(([, path]) => path.test(url.pathname))?.[0];
    if (kind !== undefined) return { kind, url: url.href };
  }
  return null;
}
