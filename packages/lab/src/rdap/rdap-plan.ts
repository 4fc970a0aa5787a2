import { isDelegated, type LabIdentity, planDns } from '../dns-plan.ts';
import { draw, drawUnit, hashText, pickWeighted } from '../hash.ts';
import { partsOf } from '../names.ts';
import { specialOf } from '../special-labels.ts';

/** How the registry behaves when it is asked about a domain. SPEC.md tells of each. */
export type RdapKind =
  | 'plain'
  | 'slow'
  | 'moved'
  | 'limited'
  | 'down'
  | 'broken'
  | 'mistaken'
  | 'circling'
  | 'silent'
  | 'busy'
  | 'unserved';

/** Kinds with their weights of 1,000; a label such as `absent-down-1` demands one. */
export const RDAP_WEIGHTS: readonly (readonly [RdapKind, number])[] = [
  ['plain', 910],
  ['slow', 20],
  ['moved', 20],
  ['limited', 10],
  ['down', 10],
  ['broken', 10],
  ['mistaken', 10],
  ['circling', 5],
  ['silent', 5],
];

/** TLDs of each registry's server, as the bootstrap file has them. That of `io` is always busy; others have none. */
export const REGISTRIES: readonly (readonly [readonly string[], string])[] = [
  [['com', 'net'], 'https://rdap-registry-0.com/v1/'],
  [['org', 'info', 'biz', 'de', 'uk', 'ws'], 'https://rdap-registry-1.org/'],
  [['io'], 'https://rdap-busy-0.net/'],
];
const BUSY_HOST = 'rdap-busy-';
const urlOfTld = new Map(REGISTRIES.flatMap(([tlds, url]) => tlds.map((tld) => [tld, url] as const)));

/** Share of the domains without delegation that the registry holds back all the same. */
export const HELD_RATE = 0.02;

const SALT_KIND = 11;
const SALT_HELD = 12;
const SALT_DATE = 13;

const demanded = new Map<string, RdapKind>(RDAP_WEIGHTS.map(([kind]) => [kind, kind]));

/** What the registry knows of a registrable domain, and how it answers. */
export interface RdapPlan {
  readonly domain: string;
  readonly kind: RdapKind;
  /** Delegated, or held back. */
  readonly isRegistered: boolean;
  readonly isHeld: boolean;
  readonly hash: number;
}

/** Decides what RDAP says of a registrable domain (lower-case A-labels); null for a public suffix. Pure. */
export function planRdap(lab: LabIdentity, domain: string): RdapPlan | null {
  const { zone } = partsOf(domain);
  if (zone === '' || zone !== domain) return null;
  const { hash, kind: dnsKind } = planDns(lab, domain);
  const isRegisteredInDns = isDelegated(lab, domain);
  const special = specialOf(domain);
  const isHeld =
    !isRegisteredInDns &&
    dnsKind === 'absent' &&
    (domain.startsWith('held-') || (special === null && drawUnit(hash, SALT_HELD) < HELD_RATE));
  const url = urlOfTld.get(domain.slice(domain.lastIndexOf('.') + 1));
  const [, second = ''] = domain.slice(0, domain.indexOf('.')).split('-');
  const drawn = (): RdapKind =>
    demanded.get(second) ??
    (special === null ? pickWeighted(RDAP_WEIGHTS, drawUnit(hash, SALT_KIND)) : 'plain');
  const kind = url === undefined ? 'unserved' : url.includes(`//${BUSY_HOST}`) ? 'busy' : drawn();
  return {
    domain,
    kind,
    isHeld,
    isRegistered: isRegisteredInDns || isHeld,
    hash: hashText(domain, lab.seedHash),
  };
}

/** True for a registry's host that tells everybody to come back much later. */
export const isBusyHost = (host: string): boolean => host.startsWith(BUSY_HOST);

/** How long a slow answer takes: 50 to 250 ms. */
export const rdapDelayMs = ({ kind, hash }: RdapPlan): number =>
  kind === 'slow' ? 50 + (draw(hash, SALT_KIND) % 201) : 0;

/** When the domain was registered. */
export const registeredAt = ({ hash }: RdapPlan): Date =>
  new Date(Date.UTC(1995 + (draw(hash, SALT_DATE) % 30), draw(hash, SALT_DATE + 1) % 12, 1));

/** What a correct client must conclude from RDAP alone; null: nothing. */
export function saidByRegistry({ kind, isRegistered }: RdapPlan): boolean | null {
  switch (kind) {
    case 'plain':
    case 'slow':
    case 'moved':
    case 'limited':
      return !isRegistered;
    case 'down':
    case 'broken':
    case 'mistaken':
    case 'circling':
    case 'silent':
    case 'busy':
    case 'unserved':
      return null;
  }
}
