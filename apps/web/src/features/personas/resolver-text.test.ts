import { expect, it } from 'vitest';
import { addressesIn, newAddresses } from './resolver-text.ts';

it('takes addresses from a list as people keep them', () => {
  expect(
    addressesIn('# public ones\r\n9.9.9.9, 1.1.1.1:53;[2620:fe::fe]:53\r\n\r\n8.8.8.8 # the other one\n'),
  ).toEqual(['9.9.9.9', '1.1.1.1:53', '[2620:fe::fe]:53', '8.8.8.8']);
  expect(addressesIn('https://dns.example/dns-query#part')).toEqual(['https://dns.example/dns-query#part']);
  expect(addressesIn(' \n\t')).toEqual([]);
});

it('leaves out what is there already', () => {
  expect(newAddresses('9.9.9.9 1.1.1.1 9.9.9.9', ['1.1.1.1'])).toEqual(['9.9.9.9']);
});
