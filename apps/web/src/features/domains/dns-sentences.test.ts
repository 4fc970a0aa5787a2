import { describe, expect, it } from 'vitest';
import type { DnsEvidenceView } from './dns-evidence-schema.ts';
import { dnsEvidenceSchema } from './dns-evidence-schema.ts';
import { answerSentence, recheckSentence, registrationOf, wildcardSentence } from './dns-sentences.ts';

const evidence = (more: Partial<DnsEvidenceView> = {}): DnsEvidenceView => ({
  resolver: '192.0.2.53:53',
  rcode: 'NOERROR',
  attempts: 2,
  rttMs: 51.8,
  transport: 'udp',
  ...more,
});

describe('what was answered', () => {
  it('names resolver, answer, time, transport and queries', () => {
    expect(answerSentence(evidence())).toBe(
      '192.0.2.53:53 answered NOERROR in 52 ms over UDP; 2 queries in all.',
    );
  });
  it('says that nobody answered', () => {
    expect(answerSentence(evidence({ resolver: null, rttMs: null, rcode: 'TIMEOUT', attempts: 1 }))).toBe(
      'No resolver answered over UDP: 1 query in all.',
    );
  });
});

describe('the registration', () => {
  const wordOf = (verdict: string, isAvailable: boolean | null): string =>
    registrationOf(evidence(), verdict, isAvailable).word;
  it('keeps registered apart from resolving, and unknown from both', () => {
    expect(wordOf('OK', false)).toBe('Registered');
    expect(wordOf('NOANSWER', false)).toBe('Registered, but does not resolve');
    expect(wordOf('SERVFAIL', false)).toBe('Registered, but does not resolve');
    expect(wordOf('NXDOMAIN', true)).toBe('Can be registered');
    expect(wordOf('TIMEOUT', null)).toBe('Unknown');
  });
  it('says how it is known', () => {
    const registration = { by: 'registry', server: '198.51.100.1', rcode: 'NOERROR' } as const;
    const whyOf = (more: DnsEvidenceView['registration'], isAvailable: boolean | null): string =>
      registrationOf(evidence({ registration: { ...registration, ...more } }), 'SERVFAIL', isAvailable).why;
    expect(whyOf({ state: 'delegated', nameServers: ['a.example', 'b.example'] }, false)).toBe(
      'The registry’s server 198.51.100.1 has name servers for it: a.example, b.example.',
    );
    expect(whyOf({ state: 'none' }, true)).toContain('has no name servers for it');
    expect(whyOf({ state: 'unlisted' }, true)).toContain('answers as for any name');
    expect(whyOf({ state: 'unlisted' }, false)).toContain('knows the name');
    expect(whyOf({ state: 'unknown', rcode: 'TIMEOUT' }, null)).toContain('(TIMEOUT)');
    expect(whyOf({ by: 'rdap', status: 'unknown', reason: 'It answered with status 503.' }, null)).toBe(
      'The registry could not be asked over RDAP: It answered with status 503. DNS does not show what it holds back.',
    );
  });
});

it('wildcards are told from zones that deny names', () => {
  expect(wildcardSentence(evidence())).toBeNull();
  expect(wildcardSentence(evidence({ wildcard: { zone: 'ws', isWildcard: true } }))).toBe(
    '.ws answers for names that do not exist.',
  );
  expect(wildcardSentence(evidence({ wildcard: { zone: 'com', isWildcard: false } }))).toContain('does not');
  expect(wildcardSentence(evidence({ wildcard: { zone: 'x', isWildcard: null } }))).toContain('could not');
});

it('a second opinion that differs says who said what before', () => {
  expect(
    recheckSentence(
      evidence({
        recheck: {
          resolver: '192.0.2.1:53',
          verdict: 'NXDOMAIN',
          because: 'trusted',
          instead: { resolver: '192.0.2.2:53', verdict: 'OK', rcode: 'NOERROR' },
        },
      }),
    ),
  ).toBe(
    'Asked again at the trusted resolver 192.0.2.1:53: does not exist. 192.0.2.2:53 had said resolves (NOERROR).',
  );
  expect(
    recheckSentence(evidence({ recheck: { resolver: null, verdict: 'OK', because: 'unreliable' } })),
  ).toContain('with care');
  expect(
    recheckSentence(
      evidence({
        recheck: {
          resolver: null,
          verdict: 'TIMEOUT',
          because: 'unreliable',
          instead: { resolver: '192.0.2.2:53', verdict: 'OK', rcode: 'NOERROR' },
        },
      }),
    ),
  ).toBe(
    'The first resolver has been wrong before, and no other answered: timeout. 192.0.2.2:53 had said resolves (NOERROR).',
  );
});

it('older and newer evidence is read as far as it goes', () => {
  expect(dnsEvidenceSchema.safeParse({}).success).toBe(false);
  expect(dnsEvidenceSchema.safeParse({ ...evidence(), somethingNew: { a: 1 } }).success).toBe(true);
});
