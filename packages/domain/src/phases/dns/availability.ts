import type { DelegationFinding } from '../../dns/delegations.ts';
import type { RdapAnswer } from '../../dns/rdap-port.ts';
import { registrableOf } from '../../dns/registrable.ts';
import type { DnsVerdict } from '../../dns/verdicts.ts';
import type { ZoneFinding } from '../../dns/wildcard-zones.ts';

/** What an answer says of the registration by itself; `ask`: only the delegation or the registry can tell. */
type AnswerSays = boolean | null | 'ask';

/**
 * What the verdict itself says of whether the registrable domain can be registered. NXDOMAIN for the registrable
 * domain means that its registry delegates nothing of that name; what exists below a zone that denies random names is
 * registered.
 */
export function saidByAnswer(verdict: DnsVerdict, name: string, zone: ZoneFinding | null): AnswerSays {
  const registrable = registrableOf(name);
  if (registrable === null || verdict === 'ERROR') return null;
  switch (verdict) {
    case 'OK':
      // An address of its own under a wildcard that answers otherwise is as good as one without a wildcard.
      if (zone === null) return null;
      return zone.state === 'unknown' ? 'ask' : false;
    case 'NXDOMAIN':
      return registrable === name ? true : 'ask';
    case 'NOANSWER':
      return registrable === name && zone?.deniesNames === true ? false : 'ask';
    case 'WILDCARD':
    case 'SERVFAIL':
    case 'REFUSED':
    case 'TIMEOUT':
      return 'ask';
  }
}

/**
 * What the delegation says. Without one, a name that is there all the same (`unlisted`) was put there by its registry,
 * unless the registry's zone answers for every name.
 */
export function saidByDelegation(
  { state }: DelegationFinding,
  isUnderWildcard: boolean | null,
): boolean | null {
  switch (state) {
    case 'delegated':
      return false;
    case 'none':
      return true;
    case 'unlisted':
      return isUnderWildcard;
    case 'unknown':
      return null;
  }
}

/** What the registry says over RDAP. */
export function saidByRdap({ status }: RdapAnswer): boolean | null {
  switch (status) {
    case 'available':
      return true;
    case 'registered':
      return false;
    case 'unknown':
      return null;
  }
}
