import { expect, it } from 'vitest';
import type { HttpEvidence } from './http-evidence-schema.ts';
import { otherSchemeSentence, randomPathSentence, robotsSentence, tlsSentence } from './http-sentences.ts';

const evidence = (more: Partial<HttpEvidence>): HttpEvidence => ({ hops: [], elapsedMs: 0, ...more });

it('says what robots.txt decided, and why', () => {
  const said = (robots: NonNullable<HttpEvidence['robots']>) => robotsSentence(evidence({ robots }));
  expect(robotsSentence(evidence({}))).toBeNull();
  expect(said({ decision: 'allow', because: 'missing', status: 404 })).toBe(
    'The site has none (status 404), so the page may be fetched.',
  );
  expect(said({ decision: 'deny', because: 'rules', rule: 'Disallow: /' })).toBe(
    'It forbids the page: Disallow: /',
  );
  expect(said({ decision: 'allow', because: 'rules' })).toContain('no rule');
  expect(said({ decision: 'deny', because: 'unavailable', status: 503 })).toContain('left alone');
  expect(said({ decision: 'allow', because: 'ignored' })).toContain('ignores');
});

it('says who issued a certificate, and what is wrong with it', () => {
  expect(tlsSentence(evidence({ tls: null }))).toBeNull();
  expect(
    tlsSentence(
      evidence({
        tls: {
          protocol: 'TLSv1.3',
          subject: 'shop.example',
          issuer: 'An authority',
          validTo: '2027-02-09T18:47:40.000Z',
          problem: null,
        },
      }),
    ),
  ).toBe('TLSv1.3: a certificate for shop.example, issued by An authority, valid until 2027-02-09.');
  expect(tlsSentence(evidence({ tls: { selfSigned: true, problem: 'EXPIRED' } }))).toBe(
    'TLS: a certificate, signed by itself. Not valid: EXPIRED.',
  );
});

it('keeps how the other scheme failed', () => {
  expect(otherSchemeSentence(evidence({}))).toBeNull();
  expect(
    otherSchemeSentence(evidence({ httpsFailure: { reason: 'SSL_EXPIRED', detail: 'CERT_HAS_EXPIRED' } })),
  ).toBe('Certificate expired: CERT_HAS_EXPIRED (https)');
});

it('says what a page of random name told of a doubtful one', () => {
  const path = { url: 'https://a.example/k3v9', verdict: 'OK', status: 200, because: ['It says little'] };
  expect(randomPathSentence(evidence({}))).toBeNull();
  expect(randomPathSentence(evidence({ randomPath: { ...path, same: true } }))).toBe(
    'It says little. Asked for https://a.example/k3v9: it is the home page again.',
  );
  expect(randomPathSentence(evidence({ randomPath: { ...path, status: 404, same: false } }))).toContain(
    '(404)',
  );
});
