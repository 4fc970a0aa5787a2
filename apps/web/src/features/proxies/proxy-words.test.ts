import { expect, it } from 'vitest';
import { addressOf, checkSentence, requestsSentence, statesSentence } from './proxy-words.ts';

it('writes a proxy as one does', () => {
  expect(addressOf({ kind: 'socks5', host: 'proxy.example', port: 1080 })).toBe(
    'socks5://proxy.example:1080',
  );
  expect(addressOf({ kind: 'http', host: '2001:db8::1', port: 3128 })).toBe('http://[2001:db8::1]:3128');
});

it('says what a check found', () => {
  const check = { ok: true, checkedAt: '', latencyMs: 84.2, exitAddress: '203.0.113.9', problem: null };
  expect(checkSentence(null)).toBe('Not checked yet.');
  expect(checkSentence(check)).toBe('It works: a page came in 84 ms, and comes out at 203.0.113.9.');
  expect(checkSentence({ ...check, exitAddress: null })).toBe('It works: a page came in 84 ms.');
  expect(checkSentence({ ...check, ok: false, problem: 'PROXY_ERROR: connection refused' })).toBe(
    'It did not work: connection refused.',
  );
  expect(checkSentence({ ...check, ok: false, problem: 'PROXY_ERROR' })).toBe(
    'It did not work: proxy error.',
  );
  expect(checkSentence({ ...check, ok: false, problem: null })).toBe('It did not work: no reason was told.');
});

it('says what workers found of a proxy, and of a pool', () => {
  expect(requestsSentence({ requests: 1, failures: 0, failuresByKind: {} })).toBe('1 request, none failed');
  expect(requestsSentence({ requests: 400, failures: 3, failuresByKind: { timeout: 1, reset: 2 } })).toBe(
    '400 requests, 3 failed (2 reset, 1 silent)',
  );
  expect(statesSentence({ healthy: 0, probing: 0, ejected: 0, unused: 3 })).toBe('No worker uses it now');
  expect(statesSentence({ healthy: 2, probing: 0, ejected: 1, unused: 1 })).toBe(
    '2 in use, 1 left out, 1 not used now',
  );
});
