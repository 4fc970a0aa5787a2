import { balancedLows, hasIpv6, ipv4Count, ipv4Of, ipv6Of, WILDCARD_IPV4 } from './address.ts';
import { cnameChain, type DnsPlan, type LabIdentity, planDns, wildcardTarget } from './dns-plan.ts';
import { draw } from './hash.ts';
import { siteKindOf } from './site/site-plan.ts';

const SALT_HOSTING = 0xb0;

/** A mail exchanger of a name (RFC 1035, section 3.3.9). */
export interface MxRecord {
  preference: number;
  exchange: string;
}

/** The records that a name would show; those of a CNAME name are the ones at the end of its chain. */
export interface NameRecords {
  a: string[];
  aaaa: string[];
  /** The chain of CNAME targets, in order; empty where the name has records of its own. */
  cname: string[];
  ns: string[];
  mx: MxRecord[];
  txt: string[];
}

const none: NameRecords = { a: [], aaaa: [], cname: [], ns: [], mx: [], txt: [] };

/** The records behind a plan, failing kinds included as empty. A truncated name shows them over TCP only. */
export function recordsOf(lab: LabIdentity, plan: DnsPlan, name: string): NameRecords {
  switch (plan.kind) {
    case 'plain':
    case 'slow':
    case 'truncated':
      return {
        ...zoneRecords(plan, name),
        a: ipv4s(plan),
        aaaa: hasIpv6(plan.hash) ? [ipv6Of(plan.hash)] : [],
      };
    case 'nodata':
      return zoneRecords(plan, name);
    case 'wildcard':
      return { ...none, a: [...WILDCARD_IPV4] };
    case 'wildcard-balanced':
      return { ...none, a: balancedLows(plan).map((low) => `127.53.${low >> 8}.${low & 0xff}`) };
    case 'wildcard-cname': {
      const target = wildcardTarget(lab, plan);
      return { ...recordsOf(lab, planDns(lab, target), target), cname: [target] };
    }
    case 'cname': {
      const chain = cnameChain(lab, plan);
      const end = chain.at(-1) as string;
      return { ...recordsOf(lab, planDns(lab, end), end), cname: chain };
    }
    case 'suffix':
      return { ...none, ns: ['a.nic.live-registry.net', 'b.nic.live-registry.net'] };
    case 'absent':
    case 'servfail':
    case 'lame':
    case 'refused':
    case 'timeout':
      return none;
  }
}

function ipv4s(plan: DnsPlan): string[] {
  const count = ipv4Count(plan.hash, plan.kind === 'truncated');
  return Array.from({ length: count }, (_, index) => ipv4Of(plan.hash, index));
}

/** Of a zone whose name servers, mail and newsletters are at well-known services. */
const hosted: NameRecords = {
  ...none,
  ns: ['anna.ns.cloudflare.com', 'bob.ns.cloudflare.com'],
  mx: [
    { preference: 1, exchange: 'aspmx.l.google.com' },
    { preference: 5, exchange: 'alt1.aspmx.l.google.com' },
  ],
  txt: ['v=spf1 include:_spf.google.com include:sendgrid.net -all'],
};

/** NS, MX and TXT stand at the zone only; hosts below it have addresses and nothing else. */
function zoneRecords(plan: DnsPlan, name: string): NameRecords {
  if (name !== plan.zone) return none;
  if (siteKindOf(plan) === 'hosted') return hosted;
  const hosting = draw(plan.hash, SALT_HOSTING);
  const dns = siteKindOf(plan) === 'parked' ? 'parked-dns.net' : `live-dns-${hosting % 40}.net`;
  const mailHost = `mx.live-mail-${(hosting >>> 8) % 30}.net`;
  const ownMail = (hosting >>> 16) % 4 === 0;
  const hasMail = (hosting >>> 18) % 10 < 8;
  return {
    ...none,
    ns: [`ns1.${dns}`, `ns2.${dns}`],
    mx: hasMail
      ? [
          { preference: 10, exchange: ownMail ? `mail.${plan.zone}` : mailHost },
          { preference: 20, exchange: `b${mailHost}` },
        ]
      : [],
    txt: hasMail ? [`v=spf1 include:_spf.${mailHost} -all`] : [],
  };
}
