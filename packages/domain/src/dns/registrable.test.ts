import { expect, test } from 'vitest';
import { zoneInChargeOf } from './registrable.ts';

test.each([
  ['shop.com', 'com'],
  ['x.shop.com', 'shop.com'],
  ['www.shop.com', 'com'],
  ['www.shop.co.uk', 'co.uk'],
  ['www.eu.shop.com', 'eu.shop.com'],
  ['wwwx.shop.com', 'shop.com'],
  ['www.com', 'com'],
  ['com', null],
])('a wildcard that answers for %s would stand in %s', (name, zone) => {
  expect(zoneInChargeOf(name)).toBe(zone);
});
