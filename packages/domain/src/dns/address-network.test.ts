import { expect, test } from 'vitest';
import { networkOf } from './address-network.ts';

test.each([
  ['192.0.2.17', '192.0.2', '192.0'],
  ['2001:db8::1', '2001:db8:0', '2001:db8'],
  ['2001:0DB8:0:0:0:0:0:1', '2001:db8:0', '2001:db8'],
  ['2001:db8:17::', '2001:db8:17', '2001:db8'],
  ['::1', '0:0:0', '0:0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1', '2001:db8'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0', '64:ff9b'],
])('%s lies in %s and %s', (address, small, large) => {
  expect(networkOf(address, { ipv4: 24, ipv6: 48 })).toBe(small);
  expect(networkOf(address, { ipv4: 16, ipv6: 32 })).toBe(large);
});
