import { chainPaths, partnerOf, type SitePlan } from './site-plan.ts';
import type { SmallPage } from './small-pages.ts';

/** What the body of a reply holds. */
export type BodyKind =
  | 'page'
  | 'parked'
  | SmallPage
  | 'message'
  | 'robots-allow'
  | 'robots-deny'
  | 'icon'
  | 'asset';

/** What a site does with one request. */
export type SiteAnswer =
  | { type: 'reply'; status: number; body: BodyKind; location: string | null; delayMs: number }
  | { type: 'reset' }
  | { type: 'hangup' }
  | { type: 'drip' }
  | { type: 'malformed' };

/** Decides what a site does with a request for a path (without query), over TLS or not. Pure. */
export function answerOf(site: SitePlan, secure: boolean, path: string): SiteAnswer {
  switch (site.kind) {
    case 'reset':
      return { type: site.resetAt === 'head' ? 'hangup' : 'reset' };
    case 'tarpit':
      return { type: 'drip' };
    case 'malformed':
      return { type: 'malformed' };
    case 'expired':
    case 'selfsigned':
    case 'wronghost':
      return secure ? liveAnswer(site, path) : redirect(301, `https://${site.name}${path}`);
    case 'httponly':
      return secure ? { type: 'reset' } : liveAnswer(site, path);
    case 'parked':
      return path === '/robots.txt' ? reply(404, 'message') : reply(200, 'parked');
    case 'lander':
    case 'spa':
      return path === '/robots.txt' ? reply(404, 'message') : reply(200, site.kind);
    case 'onepage':
      return path === '/' ? reply(200, 'onepage') : reply(404, 'message');
    case 'notfound':
    case 'error500':
    case 'forbidden':
      return reply(site.status, 'message');
    case 'redirect-www':
      return redirect(site.status, `https://www.${site.owner}${path}`);
    case 'redirect-other':
      return redirect(site.status, `https://${partnerOf(site)}/`);
    case 'redirect-loop':
      return redirect(site.status, path === '/a' ? '/b' : '/a');
    case 'redirect-chain':
      return chainAnswer(site, path);
    case 'live':
    case 'contact':
    case 'bare':
    case 'bigpage':
    case 'robotsdeny':
    case 'hosted':
    case 'slowsite':
      if (!secure && site.plainHttp === 'redirect') return redirect(301, `https://${site.name}${path}`);
      return liveAnswer(site, path);
  }
}

function reply(status: number, body: BodyKind, delayMs = 0): SiteAnswer {
  return { type: 'reply', status, body, location: null, delayMs };
}

function redirect(status: number, location: string): SiteAnswer {
  return { type: 'reply', status, body: 'message', location, delayMs: 0 };
}

function liveAnswer(site: SitePlan, path: string): SiteAnswer {
  if (path === '/' || path === '/contact' || path === '/about') return reply(200, 'page', site.delayMs);
  if (path === '/favicon.ico') return reply(200, 'icon');
  if (path === '/robots.txt') {
    if (site.kind === 'robotsdeny') return reply(200, 'robots-deny');
    return site.hash % 2 === 0 ? reply(200, 'robots-allow') : reply(404, 'message');
  }
  if (path.startsWith('/assets/') || path.startsWith('/wp-')) return reply(200, 'asset');
  return reply(404, 'message');
}

function chainAnswer(site: SitePlan, path: string): SiteAnswer {
  const paths = chainPaths(site);
  const at = paths.indexOf(path);
  if (at >= 0) {
    const next = paths[at + 1];
    return next === undefined ? reply(200, 'page') : redirect(site.status, next);
  }
  if (path !== '/') return liveAnswer(site, path);
  return redirect(site.status, site.name === site.owner ? `https://www.${site.owner}/welcome` : '/welcome');
}
