import type { DnsKind } from './dns-kind.ts';
import { draw, drawUnit, hashText } from './hash.ts';
import { EMPTY_TLD, isProbeLabel, partsOf, WILDCARD_TLD } from './names.ts';
import type { SiteKind } from './site/site-kind.ts';
import { specialOf } from './special-labels.ts';

/** The decision for one name, before any record is made from it: cheap enough to be taken for every query. */
export interface DnsPlan {
  kind: DnsKind;
  /** Hash of the owner under the seed; all further draws come from it. */
  hash: number;
  /** The name that decides: the asked one without a leading `www`, `mail`, `ns1` or `ns2`. */
  owner: string;
  /** The registrable domain, '' for a public suffix. */
  zone: string;
  /** The site that a special label demands; null where the hash decides. */
  site: SiteKind | null;
}

/** A lab's identity: with the name, all that an answer depends on. */
export interface LabIdentity {
  seedHash: number;
  /** Share of arbitrary names that exist, 0 to 1. */
  existRate: number;
}

/** Share of arbitrary names that exist unless a lab is told otherwise. */
export const DEFAULT_EXIST_RATE = 0.3;

/** Shares of all arbitrary names that fail, whether they exist or not. */
export const FAILURE_RATES = { servfail: 0.005, refused: 0.002, timeout: 0.002 } as const;
/** Shares of the existing names that are not plain. */
export const EXISTING_RATES = { slow: 0.01, truncated: 0.01, cname: 0.02, nodata: 0.03 } as const;

const SALT_FAILURE = 1;
const SALT_EXISTS = 2;
const SALT_KIND = 3;
const SALT_TARGET = 4;
const ALIAS_PREFIX = 'cname-alias-';

/** Makes a lab's identity from its seed and the share of names that exist. */
export function labIdentity(seed: string, existRate: number = DEFAULT_EXIST_RATE): LabIdentity {
  return { seedHash: hashText(seed, 0x5eed), existRate };
}

/** Decides what the DNS of the lab does for a name (lower-case A-labels, no trailing dot). Pure. */
export function planDns(lab: LabIdentity, name: string): DnsPlan {
  const { suffix, zone, owner, firstLabel } = partsOf(name);
  const plan: DnsPlan = { kind: 'absent', hash: hashText(owner, lab.seedHash), owner, zone, site: null };
  if (suffix === EMPTY_TLD) return plan;
  if (zone === '') {
    plan.kind = 'suffix';
    return plan;
  }
  if (suffix === WILDCARD_TLD) {
    plan.kind = 'wildcard';
    plan.site = 'parked';
    return plan;
  }
  const special = specialOf(name);
  const probing = isProbeLabel(firstLabel);
  if (special !== null) {
    const isBelow = owner !== zone;
    // A failing or missing zone fails for all names below; only a wildcard zone answers to a probe.
    const answers = special.dns !== 'absent' && !isWildcard(special.dns) && !isFailure(special.dns);
    plan.kind = probing && isBelow && answers ? 'absent' : special.dns;
    // The zone itself is an ordinary name; the wildcard is what lies below.
    if (isWildcard(special.dns) && !isBelow) plan.kind = 'plain';
    plan.site = special.site;
    return plan;
  }
  if (owner !== zone) {
    const parent = kindByHash(hashText(zone, lab.seedHash), lab.existRate);
    if (parent === 'absent' || isFailure(parent)) {
      plan.kind = parent;
      return plan;
    }
  }
  if (probing) return plan;
  plan.kind = kindByHash(plan.hash, lab.existRate);
  return plan;
}

/** True for the kinds that answer for any label. */
export function isWildcard(kind: DnsKind): boolean {
  return kind === 'wildcard' || kind === 'wildcard-cname' || kind === 'wildcard-balanced';
}

function isFailure(kind: DnsKind): boolean {
  return kind === 'servfail' || kind === 'lame' || kind === 'refused' || kind === 'timeout';
}

function kindByHash(hash: number, existRate: number): DnsKind {
  let unit = drawUnit(hash, SALT_FAILURE);
  if ((unit -= FAILURE_RATES.servfail) < 0) return 'servfail';
  if ((unit -= FAILURE_RATES.refused) < 0) return 'refused';
  if (unit < FAILURE_RATES.timeout) return 'timeout';
  if (drawUnit(hash, SALT_EXISTS) >= existRate) return 'absent';
  unit = drawUnit(hash, SALT_KIND);
  if ((unit -= EXISTING_RATES.slow) < 0) return 'slow';
  if ((unit -= EXISTING_RATES.truncated) < 0) return 'truncated';
  if ((unit -= EXISTING_RATES.cname) < 0) return 'cname';
  if (unit < EXISTING_RATES.nodata) return 'nodata';
  return 'plain';
}

/**
 * Whether the registry delegates a zone: failing ones exist as often as others, lame ones always, and under the wildcard
 * TLD none is delegated. False for a public suffix.
 */
export function isDelegated(lab: LabIdentity, zone: string): boolean {
  if (zone === '') return false;
  const plan = planDns(lab, zone);
  switch (plan.kind) {
    case 'servfail':
    case 'refused':
    case 'timeout':
      return drawUnit(plan.hash, SALT_EXISTS) < lab.existRate;
    case 'plain':
    case 'slow':
    case 'truncated':
    case 'cname':
    case 'nodata':
    case 'lame':
      return true;
    case 'absent':
    case 'suffix':
    case 'wildcard':
    case 'wildcard-cname':
    case 'wildcard-balanced':
      return false;
  }
}

/** Where all names below a zone that is an alias wildcard point. */
export const wildcardTarget = (lab: LabIdentity, plan: DnsPlan): string =>
  `live-edge-${draw(hashText(plan.zone, lab.seedHash), SALT_TARGET) % 500}.net`;

/** How long a slow name's answer takes: 50 to 400 ms. */
export function dnsDelayMs(plan: DnsPlan): number {
  return plan.kind === 'slow' ? 50 + (draw(plan.hash, SALT_TARGET) % 351) : 0;
}

/** Where a CNAME name points: an edge host that always exists; two in ten go through an alias first. */
export function cnameChain(lab: LabIdentity, plan: DnsPlan): string[] {
  const target = draw(plan.hash, SALT_TARGET);
  const isAlias = plan.owner.startsWith(ALIAS_PREFIX);
  if (isAlias || target % 10 < 8) return [`live-edge-${target % 500}.net`];
  const alias = `${ALIAS_PREFIX}${target % 100}.net`;
  return [alias, ...cnameChain(lab, planDns(lab, alias))];
}

/** Seconds for which the name's records may be kept. */
export function ttlOf(plan: DnsPlan): number {
  return [60, 300, 3600, 86_400][draw(plan.hash, SALT_TARGET + 1) % 4] as number;
}
