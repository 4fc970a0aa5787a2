import type { DnsKind } from './dns-kind.ts';
import type { SiteKind } from './site/site-kind.ts';

/** What a label's prefix demands; a DNS kind without a site has the plain live site. */
export interface SpecialLabel {
  dns: DnsKind;
  site: SiteKind;
}

const specials: Record<string, SpecialLabel> = {
  live: { dns: 'plain', site: 'live' },
  absent: { dns: 'absent', site: 'live' },
  nodata: { dns: 'nodata', site: 'live' },
  servfail: { dns: 'servfail', site: 'live' },
  refused: { dns: 'refused', site: 'live' },
  timeout: { dns: 'timeout', site: 'live' },
  slow: { dns: 'slow', site: 'live' },
  truncated: { dns: 'truncated', site: 'live' },
  cname: { dns: 'cname', site: 'live' },
  wildcard: { dns: 'wildcard', site: 'live' },
  wildcname: { dns: 'wildcard-cname', site: 'live' },
  wildlb: { dns: 'wildcard-balanced', site: 'live' },
  doh: { dns: 'plain', site: 'live' },
  rdap: { dns: 'plain', site: 'live' },
  held: { dns: 'absent', site: 'live' },
  lame: { dns: 'lame', site: 'live' },
  contact: { dns: 'plain', site: 'contact' },
  bare: { dns: 'plain', site: 'bare' },
  parked: { dns: 'plain', site: 'parked' },
  redirect: { dns: 'plain', site: 'redirect-other' },
  chain: { dns: 'plain', site: 'redirect-chain' },
  towww: { dns: 'plain', site: 'redirect-www' },
  loop: { dns: 'plain', site: 'redirect-loop' },
  notfound: { dns: 'plain', site: 'notfound' },
  error500: { dns: 'plain', site: 'error500' },
  forbidden: { dns: 'plain', site: 'forbidden' },
  slowsite: { dns: 'plain', site: 'slowsite' },
  reset: { dns: 'plain', site: 'reset' },
  expired: { dns: 'plain', site: 'expired' },
  selfsigned: { dns: 'plain', site: 'selfsigned' },
  wronghost: { dns: 'plain', site: 'wronghost' },
  httponly: { dns: 'plain', site: 'httponly' },
  tarpit: { dns: 'plain', site: 'tarpit' },
  bigpage: { dns: 'plain', site: 'bigpage' },
  malformed: { dns: 'plain', site: 'malformed' },
  robotsdeny: { dns: 'plain', site: 'robotsdeny' },
  lander: { dns: 'plain', site: 'lander' },
  spa: { dns: 'plain', site: 'spa' },
  onepage: { dns: 'plain', site: 'onepage' },
  hosted: { dns: 'plain', site: 'hosted' },
};

const table = new Map(Object.entries(specials));

/** The prefixes (without their hyphen) that decide a name's behaviour. */
export const specialPrefixes: readonly string[] = [...table.keys()];

/** The demand of the first label, from the left, that starts with a known prefix and a hyphen; null where none does. */
export function specialOf(name: string): SpecialLabel | null {
  if (!name.includes('-')) return null;
  for (const label of name.split('.')) {
    const hyphen = label.indexOf('-');
    if (hyphen > 0) {
      const special = table.get(label.slice(0, hyphen));
      if (special !== undefined) return special;
    }
  }
  return null;
}
