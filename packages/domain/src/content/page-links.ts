import type { Site } from './about-links.ts';
import type { LinkResolver } from './link-resolver.ts';

/** The links of a page. */
export interface PageLinks {
  /** Distinct absolute URLs in their order. */
  readonly urls: string[];
  /** How many of them lead to pages of the same registrable domain and to others. */
  readonly counts: { readonly internal: number; readonly external: number };
}

/** Makes links absolute; those are left out that are longer than so many units then. */
export function pageLinks(
  hrefs: readonly string[],
  mostUnits: number,
  resolver: LinkResolver,
  site: Site,
): PageLinks {
  const isOriginOwn = resolver.origin !== null && site.has(`${resolver.origin}/`);
  const urls = new Set<string>();
  let internal = 0;
  let external = 0;
  for (const href of hrefs) {
    const path = resolver.pathOf(href);
    const url = path === null ? resolver.elsewhere(href) : resolver.at(path);
    // Resolved ones are of ASCII letters: nothing in them cannot be stored.
    if (url === null || url.length > mostUnits || urls.has(url)) continue;
    urls.add(url);
    if (!url.startsWith('http')) continue;
    if (path === null ? site.has(url) : isOriginOwn) internal++;
    else external++;
  }
  return { urls: [...urls], counts: { internal, external } };
}
