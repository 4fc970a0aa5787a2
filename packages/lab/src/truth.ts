import type { DnsKind } from './dns-kind.ts';
import {
  dnsDelayMs,
  isDelegated,
  isWildcard,
  type LabIdentity,
  labIdentity,
  planDns,
  ttlOf,
} from './dns-plan.ts';
import { planRdap, type RdapKind, saidByRegistry } from './rdap/rdap-plan.ts';
import { type NameRecords, recordsOf } from './records.ts';
import { type LabSite, siteTruth } from './site/site-truth.ts';

export type { LabSite } from './site/site-truth.ts';

/** What a correct client must conclude about a name when it asks for A (and AAAA). */
export type LabDnsVerdict = 'OK' | 'WILDCARD' | 'NXDOMAIN' | 'NOANSWER' | 'SERVFAIL' | 'REFUSED' | 'TIMEOUT';

/** The truth about a name in DNS. */
export interface LabDns extends NameRecords {
  kind: DnsKind;
  verdict: LabDnsVerdict;
  /** Time to live of the records in seconds; 0 where there are none. */
  ttl: number;
  /** True where UDP gives the TC bit and only TCP the records. */
  truncated: boolean;
  /** Time the server waits before it answers; 0 for all names that are not slow. */
  delayMs: number;
  /** True where the answer is a wildcard's: any other label at its place gets the same. */
  wildcard: boolean;
  /** True where the registry delegates the registrable domain: it cannot be registered then. */
  isDelegated: boolean;
}

/** What the registry knows of a registrable domain. */
export interface LabRegistration {
  /** How its RDAP server behaves when it is asked about the domain; `unserved`: its TLD has none. */
  rdap: RdapKind;
  isRegistered: boolean;
  /** What a correct client must conclude from RDAP about whether it can be registered; null: nothing. */
  isAvailableByRdap: boolean | null;
}

/** All that there is to know about a name. */
export interface LabTruth {
  name: string;
  /** True where the name is registered: not for NXDOMAIN, a wildcard's answer or a public suffix. */
  exists: boolean;
  dns: LabDns;
  /** The site behind the name; null where DNS gives no address. */
  site: LabSite | null;
  /** Null unless the name is a registrable domain. */
  registration: LabRegistration | null;
}

/** Options of a lab that change its answers. */
export interface LabOptions {
  /** Share of arbitrary names that exist, 0 to 1; 0.3 unless given. */
  existRate?: number;
}

/**
 * The truth about a name in the lab of a seed: what its servers answer and what a correct client must conclude.
 * Pure. The name is lower-case, in A-labels, without trailing dot.
 */
export function labTruth(seed: string, name: string, options: LabOptions = {}): LabTruth {
  return truthIn(labIdentity(seed, options.existRate), name);
}

/** As `labTruth`, for callers that ask many times and keep the lab's identity. */
export function truthIn(lab: LabIdentity, name: string): LabTruth {
  const plan = planDns(lab, name);
  const verdict = verdictOf(plan.kind);
  const wildcard = isWildcard(plan.kind);
  const answers = verdict === 'OK' || verdict === 'NOANSWER' || wildcard;
  const dns: LabDns = {
    kind: plan.kind,
    verdict,
    ...recordsOf(lab, plan, name),
    ttl: answers ? ttlOf(plan) : 0,
    truncated: plan.kind === 'truncated',
    delayMs: dnsDelayMs(plan),
    wildcard,
    isDelegated: isDelegated(lab, plan.zone),
  };
  const exists = verdict !== 'NXDOMAIN' && !wildcard && plan.kind !== 'suffix';
  const site = verdict === 'OK' || wildcard ? siteTruth(lab, name, plan) : null;
  return { name, exists, dns, site, registration: registrationOf(lab, name) };
}

function registrationOf(lab: LabIdentity, name: string): LabRegistration | null {
  const plan = planRdap(lab, name);
  return plan === null
    ? null
    : { rdap: plan.kind, isRegistered: plan.isRegistered, isAvailableByRdap: saidByRegistry(plan) };
}

function verdictOf(kind: DnsKind): LabDnsVerdict {
  switch (kind) {
    case 'plain':
    case 'slow':
    case 'truncated':
    case 'cname':
      return 'OK';
    case 'wildcard':
    case 'wildcard-cname':
    case 'wildcard-balanced':
      return 'WILDCARD';
    case 'nodata':
    case 'suffix':
      return 'NOANSWER';
    case 'absent':
      return 'NXDOMAIN';
    case 'servfail':
    case 'lame':
      return 'SERVFAIL';
    case 'refused':
      return 'REFUSED';
    case 'timeout':
      return 'TIMEOUT';
  }
}
