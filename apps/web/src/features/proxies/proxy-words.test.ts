import { expect, it } from 'vitest';
import { addressOf, checkSentence } from './proxy-words.ts';

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
