import type { VerdictInfo } from '../phases/phase.ts';

/**
 * The verdicts of DNS validation. Only NXDOMAIN, NOANSWER and WILDCARD say something against a domain; the ambiguous ones
 * say that nothing is known of it.
 */
export const DNS_VERDICTS = {
  OK: {
    status: 'ok',
    retry: 'no',
    label: 'Resolves',
    explanation: 'The domain has at least one address.',
  },
  NXDOMAIN: {
    status: 'error',
    retry: 'no',
    label: 'Does not exist',
    explanation: 'A resolver answered that the name does not exist in DNS (NXDOMAIN).',
  },
  NOANSWER: {
    status: 'error',
    retry: 'no',
    label: 'No address',
    explanation: 'The name exists in DNS, but has no address (A or AAAA). It may well be registered.',
  },
  WILDCARD: {
    status: 'error',
    retry: 'no',
    label: 'Wildcard',
    explanation:
      'The zone above gives the same answer for any name, random ones too (a wildcard): the answer says nothing of this name, and it is not counted as a find.',
  },
  SERVFAIL: {
    status: 'error',
    retry: 'ambiguous',
    label: 'Server failure',
    explanation:
      'The resolvers could not get an answer (SERVFAIL), which happens with broken delegations, DNSSEC and endless aliases. It does not mean that the domain is unregistered.',
  },
  REFUSED: {
    status: 'error',
    retry: 'ambiguous',
    label: 'Refused',
    explanation:
      'The resolvers refused to answer (REFUSED), or only referred to other servers. It says nothing about the domain.',
  },
  TIMEOUT: {
    status: 'timeout',
    retry: 'ambiguous',
    label: 'Timeout',
    explanation: 'No resolver answered in time. It says nothing about the domain.',
  },
  ERROR: {
    status: 'error',
    retry: 'failed',
    label: 'Error',
    explanation:
      'The question could not be asked, or the answer was an unexpected error code; the evidence names it.',
  },
} as const satisfies Record<string, VerdictInfo>;

export type DnsVerdict = keyof typeof DNS_VERDICTS;
