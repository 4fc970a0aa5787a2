import { expect, test } from 'vitest';
import { formatEndpoint, parseResolverAddress } from './resolver-address.ts';

test.each([
  ['1.1.1.1', '1.1.1.1', 53],
  [' 9.9.9.9:5353 ', '9.9.9.9', 5353],
  ['2606:4700::1111', '2606:4700::1111', 53],
  ['[2606:4700::1111]', '2606:4700::1111', 53],
  ['[2606:4700::1111]:853', '2606:4700::1111', 853],
  ['::1', '::1', 53],
])('%j is read', (text, host, port) => {
  expect(parseResolverAddress(text)).toEqual({ host, port });
  expect(parseResolverAddress(formatEndpoint({ host, port }))).toEqual({ host, port });
});

test.each([
  '',
  'localhost',
  'dns.example:53',
  '1.1.1.1:0',
  '1.1.1.1:70000',
  '1.1.1.1:',
  '[::1',
  '1.1.1',
  '[1.1.1.1]x',
])('%j is refused', (text) => {
  expect(() => parseResolverAddress(text)).toThrow(/is not a resolver/);
});
