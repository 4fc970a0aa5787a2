import type { DnsPlan } from '../dns-plan.ts';
import { draw, drawUnit, pickWeighted } from '../hash.ts';
import { type SiteKind, siteWeights } from './site-kind.ts';

/** What a site does, before any page is written. */
export interface SitePlan {
  kind: SiteKind;
  /** The name under which it was asked for. */
  name: string;
  /** The name without `www.` and the like: it decides what the site is and says. */
  owner: string;
  hash: number;
  /** Time before an answer; 0 for all kinds but `slowsite`. */
  delayMs: number;
  /** Plain http of a live site: most send the visitor to https, some serve the page. */
  plainHttp: 'redirect' | 'serve';
  /** Status of the kind's first answer. */
  status: number;
  /** Where a `reset` site breaks off. */
  resetAt: 'handshake' | 'request' | 'head';
  /** How https of an `httponly` site fails. */
  tlsFailure: 'reset' | 'alert';
}

const SALT_SITE = 0xd0;
const redirectCodes = [301, 302, 307, 308];

/** The kind of site that the hash of a name, or its special label, gives. */
export function siteKindOf(plan: DnsPlan): SiteKind {
  return plan.site ?? pickWeighted(siteWeights, drawUnit(plan.hash, SALT_SITE));
}

/** Plans the site for a name whose DNS plan is given. Pure. */
export function planSite(plan: DnsPlan, name: string): SitePlan {
  const isWww = name !== plan.owner && name.startsWith('www.');
  const ownKind = siteKindOf(plan);
  const kind = ownKind === 'redirect-www' && isWww ? 'live' : ownKind;
  const bits = draw(plan.hash, SALT_SITE + 1);
  return {
    kind,
    name,
    owner: plan.owner,
    hash: plan.hash,
    delayMs: kind === 'slowsite' ? 200 + (bits % 601) : 0,
    plainHttp: bits % 10 < 7 ? 'redirect' : 'serve',
    status: statusOf(kind, bits >>> 8),
    resetAt: (['handshake', 'request', 'head'] as const)[(bits >>> 16) % 3] as SitePlan['resetAt'],
    tlsFailure: (bits >>> 20) % 2 === 0 ? 'reset' : 'alert',
  };
}

function statusOf(kind: SiteKind, bits: number): number {
  switch (kind) {
    case 'redirect-www':
    case 'redirect-other':
    case 'redirect-chain':
    case 'redirect-loop':
      return redirectCodes[bits % 4] as number;
    case 'notfound':
      return bits % 6 === 0 ? 410 : 404;
    case 'error500':
      return [500, 502, 503][bits % 3] as number;
    case 'forbidden':
      return 403;
    default:
      return 200;
  }
}

/** The site to which a `redirect-other` site sends its visitors; it is always live. */
export function partnerOf(site: SitePlan): string {
  return `live-partner-${draw(site.hash, SALT_SITE + 2) % 200}.com`;
}

/** The pages that a `redirect-chain` leads through, in order; the last one answers with 200. */
export function chainPaths(site: SitePlan): string[] {
  return draw(site.hash, SALT_SITE + 3) % 2 === 0
    ? ['/welcome', '/main/']
    : ['/welcome', '/main/', '/main/home'];
}

/** What the lab's certificate for a site is. */
export type CertificateVariant = 'valid' | 'expired' | 'self-signed' | 'wrong-host';

/** The certificate that a kind of site shows. */
export function certificateOf(kind: SiteKind): CertificateVariant {
  switch (kind) {
    case 'expired':
      return 'expired';
    case 'selfsigned':
      return 'self-signed';
    case 'wronghost':
      return 'wrong-host';
    default:
      return 'valid';
  }
}
