import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyAnswers, type TypedAnswer, verdictOf } from './classify-answers.ts';
import { addressesIn, dnsEvidence } from './dns-evidence.ts';
import type { DnsAnswer, DnsRecord } from './dns-port.ts';
import { Inquiry, inquiryOrder } from './inquiry.ts';
import { DNS_VERDICTS } from './verdicts.ts';

const A: DnsRecord = { type: 'A', ttl: 60, data: '192.0.2.1' };
const AAAA: DnsRecord = { type: 'AAAA', ttl: 60, data: '2001:db8::1' };
const CNAME: DnsRecord = { type: 'CNAME', ttl: 60, data: 'edge.example' };

const answer = (rcode: string, ...records: DnsRecord[]): DnsAnswer => ({
  rcode,
  records,
  resolver: rcode === 'TIMEOUT' ? null : '192.0.2.53:53',
  attempts: 1,
  rttMs: rcode === 'TIMEOUT' ? null : 1.5,
  transport: 'udp',
});

/** An answer in short: an RCODE, `OK` for an address, `alias` for a CNAME and nothing at its end. */
function typed(type: 'A' | 'AAAA', short: string): TypedAnswer {
  if (short === 'OK') return { type, answer: answer('NOERROR', type === 'A' ? A : AAAA) };
  if (short === 'alias') return { type, answer: answer('NOERROR', CNAME) };
  if (short === 'dangling') return { type, answer: answer('NXDOMAIN', CNAME) };
  return { type, answer: answer(short) };
}

const verdict = (a: string, aaaa?: string): string =>
  classifyAnswers(aaaa === undefined ? [typed('A', a)] : [typed('A', a), typed('AAAA', aaaa)]).verdict;

describe('verdicts', () => {
  test.each([
    ['OK', undefined, 'OK'],
    ['NXDOMAIN', undefined, 'NXDOMAIN'],
    ['NOERROR', undefined, 'NOANSWER'],
    ['alias', undefined, 'NOANSWER'],
    ['dangling', undefined, 'NOANSWER'],
    ['FORMERR', undefined, 'ERROR'],
    ['ERROR', undefined, 'ERROR'],
    ['OK', 'SERVFAIL', 'OK'],
    ['SERVFAIL', 'OK', 'OK'],
    ['TIMEOUT', 'OK', 'OK'],
    ['NOERROR', 'OK', 'OK'],
    ['NOERROR', 'NOERROR', 'NOANSWER'],
    ['NOERROR', 'SERVFAIL', 'SERVFAIL'],
    ['NOERROR', 'TIMEOUT', 'TIMEOUT'],
    ['NOERROR', 'REFUSED', 'REFUSED'],
    ['NOERROR', 'NOTIMP', 'ERROR'],
    ['NOERROR', 'NXDOMAIN', 'NOANSWER'],
    ['SERVFAIL', 'NOERROR', 'SERVFAIL'],
    ['TIMEOUT', 'SERVFAIL', 'SERVFAIL'],
    ['TIMEOUT', 'REFUSED', 'REFUSED'],
    ['TIMEOUT', 'NXDOMAIN', 'NXDOMAIN'],
    ['TIMEOUT', 'TIMEOUT', 'TIMEOUT'],
  ])('A %s and AAAA %s: %s', (a, aaaa, expected) => {
    expect(verdict(a, aaaa)).toBe(expected);
  });

  const outcome = fc.constantFrom(
    'OK',
    'alias',
    'dangling',
    'NOERROR',
    'NXDOMAIN',
    'SERVFAIL',
    'REFUSED',
    'TIMEOUT',
    'FORMERR',
  );

  test('an address wins, and a final "no" needs that nothing is open', () => {
    fc.assert(
      fc.property(outcome, outcome, (a, aaaa) => {
        const found = verdict(a, aaaa);
        expect(found === 'OK').toBe(a === 'OK' || aaaa === 'OK');
        const open = [typed('A', a), typed('AAAA', aaaa)].filter(
          (one) => DNS_VERDICTS[verdictOf(one)].retry !== 'no',
        );
        if (found === 'NOANSWER') expect(open).toEqual([]);
        if (open.length === 2) expect(DNS_VERDICTS[found as keyof typeof DNS_VERDICTS].retry).not.toBe('no');
      }),
    );
  });

  test('the order of the answers changes nothing', () => {
    fc.assert(
      fc.property(outcome, outcome, (a, aaaa) => {
        const swapped = classifyAnswers([typed('AAAA', aaaa), typed('A', a)]);
        expect(swapped.verdict).toBe(verdict(a, aaaa));
      }),
    );
  });

  test('other types decide nothing', () => {
    const mail = { type: 'MX', answer: answer('SERVFAIL') } as const;
    expect(classifyAnswers([typed('A', 'NOERROR'), mail]).verdict).toBe('NOANSWER');
    expect(() => classifyAnswers([mail])).toThrow(/A or AAAA/);
  });

  test('only what is certain is final', () => {
    const retries = Object.fromEntries(
      Object.entries(DNS_VERDICTS).map(([name, { retry }]) => [name, retry]),
    );
    expect(retries).toEqual({
      OK: 'no',
      NXDOMAIN: 'no',
      NOANSWER: 'no',
      WILDCARD: 'no',
      SERVFAIL: 'ambiguous',
      REFUSED: 'ambiguous',
      TIMEOUT: 'ambiguous',
      ERROR: 'failed',
    });
    expect(DNS_VERDICTS.TIMEOUT.status).toBe('timeout');
  });
});

describe('inquiry', () => {
  test('what decides liveness is asked first, and nothing twice', () => {
    expect(inquiryOrder(['MX', 'AAAA', 'A', 'MX'])).toEqual(['A', 'AAAA', 'MX']);
    expect(inquiryOrder(['NS', 'AAAA'])).toEqual(['AAAA', 'NS']);
  });

  test('NXDOMAIN on the first type ends it, a failure does not', () => {
    expect(new Inquiry(0, 'a.example', ['A', 'AAAA']).advance(answer('NXDOMAIN'))).toBe(false);
    const failing = new Inquiry(0, 'a.example', ['A', 'AAAA']);
    expect(failing.advance(answer('SERVFAIL'))).toBe(true);
    expect(failing).toMatchObject({ type: 'AAAA', isDoubtful: false });
    expect(failing.advance(answer('NOERROR'))).toBe(false);
  });

  test('after silence the name is doubtful', () => {
    const silent = new Inquiry(0, 'a.example', ['A', 'AAAA']);
    expect(silent.advance(answer('TIMEOUT'))).toBe(true);
    expect(silent.isDoubtful).toBe(true);
  });

  test('a name that cannot be asked is not asked again', () => {
    const local = { ...answer('ERROR'), attempts: 0 };
    expect(new Inquiry(0, 'bücher.example', ['A', 'AAAA']).advance(local)).toBe(false);
  });
});

describe('evidence', () => {
  const evidenceOf = (...answers: TypedAnswer[]) => dnsEvidence(classifyAnswers(answers), answers);

  test('holds what all types gave, the common chain once', () => {
    const a: TypedAnswer = { type: 'A', answer: answer('NOERROR', CNAME, A) };
    const aaaa: TypedAnswer = { type: 'AAAA', answer: answer('NOERROR', CNAME, AAAA) };
    expect(evidenceOf(a, aaaa)).toEqual({
      resolver: '192.0.2.53:53',
      rcode: 'NOERROR',
      attempts: 2,
      rttMs: 1.5,
      transport: 'udp',
      addresses: ['192.0.2.1', '2001:db8::1'],
      records: [CNAME, A, AAAA],
    });
  });

  test('tells the types apart where they differ', () => {
    const evidence = evidenceOf(typed('A', 'OK'), typed('AAAA', 'SERVFAIL'));
    expect(evidence).toMatchObject({ rcode: 'NOERROR', byType: { A: 'NOERROR', AAAA: 'SERVFAIL' } });
  });

  test('is small for an absent name', () => {
    const evidence = evidenceOf(typed('A', 'NXDOMAIN'));
    expect(JSON.stringify(evidence).length).toBeLessThan(120);
    expect(Object.keys(evidence)).toEqual(['resolver', 'rcode', 'attempts', 'rttMs', 'transport']);
  });

  test('does not grow with what a name holds', () => {
    const records = Array.from({ length: 500 }, (_, index) => ({
      type: 'TXT',
      ttl: 1,
      data: `${index}-${'x'.repeat(9_000)}`,
    }));
    const evidence = evidenceOf(typed('A', 'OK'), { type: 'TXT', answer: answer('NOERROR', ...records) });
    expect(evidence.recordsDropped).toBe(461);
    expect(JSON.stringify(evidence).length).toBeLessThan(30_000);
    expect(evidence.addresses).toEqual(['192.0.2.1']);
  });

  test('addresses are read back from it, from anything else none', () => {
    expect(addressesIn(evidenceOf(typed('A', 'OK')))).toEqual(['192.0.2.1']);
    expect(addressesIn(null)).toEqual([]);
    expect(addressesIn({ addresses: 'x' })).toEqual([]);
    expect(addressesIn({ addresses: [1, 'a'] })).toEqual(['a']);
  });
});
