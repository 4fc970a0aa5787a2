import { expect, it } from 'vitest';
import { isLocalLimit } from './failure.ts';

it.each([
  ['EMFILE: connect EMFILE 192.0.2.1:443', '192.0.2.1', true],
  ['Too many open files (os error 24)', '192.0.2.1', true],
  ['connect ENOBUFS', '2001:db8::1', true],
  ['connect EADDRNOTAVAIL 192.0.2.1:443 - Local (0.0.0.0:0)', '192.0.2.1', true],
  ['connect EADDRNOTAVAIL 2001:db8::1:443 - Local (:::0)', '2001:db8::1', false],
  ['connect ECONNREFUSED 192.0.2.1:443', '192.0.2.1', false],
  ['connect ENETUNREACH 2001:db8::1:443', '2001:db8::1', false],
])('%s to %s is of our making: %s', (detail, address, isLocal) => {
  expect(isLocalLimit(detail, address)).toBe(isLocal);
});
