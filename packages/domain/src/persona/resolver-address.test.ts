import { expect, test } from 'vitest';
import { isResolverAddress } from './resolver-address.ts';

test.each([
  '192.0.2.1',
  '192.0.2.1:53',
  '127.0.0.1:65535',
  '2001:db8::1',
  '::1',
  '2001:db8::53:5353',
  '[2001:db8::1]',
  '[::1]:5353',
  '::ffff:192.0.2.1',
])('%s is the address of a resolver', (text) => {
  expect(isResolverAddress(text)).toBe(true);
});

test.each([
  '',
  'dns.example.com',
  'localhost:53',
  '192.0.2',
  '192.0.2.256',
  '0x7f.1',
  '2130706433',
  '192.0.2.1:',
  '192.0.2.1:0',
  '192.0.2.1:65536',
  '192.0.2.1:53:53',
  '[192.0.2.1]:53',
  '[::1',
  '::1]:53',
  '[::1]53',
  'fe80::1%eth0',
  'https://192.0.2.1/dns-query',
  '192.0.2.1 ',
  '192.0.2.1\n',
])('%j is none', (text) => {
  expect(isResolverAddress(text)).toBe(false);
});
