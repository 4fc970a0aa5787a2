import { chooseContactPages } from '../../content/contact-pages.ts';
import { extractPage } from '../../content/extract-page.ts';
import { faviconHash } from '../../content/favicon-hash.ts';
import type { PageFeatures } from '../../content/page-features.ts';
import { storableText } from '../../content/storable-text.ts';
import type { SiteFetcher, SiteOutcome, SiteRequest } from '../../http/http-port.ts';
import { isSameSite } from '../../http/registrable-domain.ts';
import type { Evidence } from '../phase.ts';

export interface FurtherWishes {
  readonly followContactPages: number;
  readonly fetchFavicon: boolean;
}

/** What was fetched of a site besides its home page. */
export interface FurtherFinds {
  readonly page: PageFeatures;
  /** URL and outcome of each further fetch. */
  readonly evidence: Evidence;
}

/**
 * Fetches contact pages and the icon of a site whose home page was read, one after the other, and adds them to the page.
 * What fails is told of in the evidence, and changes nothing else.
 */
export async function fetchFurther(
  page: PageFeatures,
  request: SiteRequest,
  wishes: FurtherWishes,
  fetcher: SiteFetcher,
  isPage: (contentType: string | undefined) => boolean,
  signal: AbortSignal,
): Promise<FurtherFinds> {
  const told: Evidence[] = [];
  const fetch = async (url: string, part: 'page' | 'icon'): Promise<SiteOutcome> => {
    const name = URL.parse(url)?.hostname ?? request.name;
    const addresses = name === request.name ? request.addresses : [];
    const outcome = await fetcher.fetchSite({ name, addresses, url, part }, signal);
    told.push({
      url: storableText(url, 512),
      verdict: outcome.verdict,
      ...(outcome.response === null ? {} : { status: outcome.response.statusCode }),
    });
    return outcome;
  };
  const pages: PageFeatures[] = [];
  for (const url of chooseContactPages(page, wishes.followContactPages)) {
    const { response, verdict } = await fetch(url, 'page');
    if (response === null || verdict !== 'OK' || !isPage(response.headers['content-type'])) continue;
    try {
      pages.push(extractPage(response));
    } catch {
      // A page that breaks a rule of ours is left out: the home page counts.
    }
  }
  const favicon = wishes.fetchFavicon ? await iconOf(page, (url) => fetch(url, 'icon')) : null;
  return {
    page: {
      ...page,
      ...(pages.length === 0 ? {} : { furtherPages: pages }),
      ...(favicon === null ? {} : { favicon }),
    },
    evidence: told.length === 0 ? {} : { further: told, ...(favicon === null ? {} : { favicon }) },
  };
}

async function iconOf(
  page: PageFeatures,
  fetch: (url: string) => Promise<SiteOutcome>,
): Promise<NonNullable<PageFeatures['favicon']> | null> {
  const { response, verdict } = await fetch(iconUrlOf(page));
  if (response === null || verdict !== 'OK' || response.body.length === 0 || response.truncated) return null;
  // Many sites answer with a page for whatever is asked.
  if (/^\s*(?:text\/html|application\/(?:json|xhtml))/i.test(response.headers['content-type'] ?? ''))
    return null;
  return {
    url: storableText(response.finalUrl, 2048),
    hash: faviconHash(response.body),
    sha256: response.bodySha256,
  };
}

/** The icon that the page names among its resources on the same site, else the one that stands where browsers look. */
function iconUrlOf({ finalUrl, resources }: PageFeatures): string {
  const home = new URL(finalUrl);
  const named = resources.find((resource) => {
    const url = URL.parse(resource);
    return (
      url !== null &&
      /^https?:$/.test(url.protocol) &&
      isSameSite(url.hostname, home.hostname) &&
      /favicon[^/]*\.(?:ico|png|svg)$|\.ico$/i.test(url.pathname)
    );
  });
  return named ?? new URL('/favicon.ico', home).href;
}
