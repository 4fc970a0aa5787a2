import { expect, it } from 'vitest';
import { faviconHash } from './favicon-hash.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

// Worked out with another implementation, over base64 in lines of 76 characters.
it.each([
  ['nothing', octets(''), 0],
  ['one octet', octets('a'), -316242180],
  ['two octets', octets('ab'), -1337734885],
  ['three octets', octets('abc'), -868969266],
  ['more than a line', octets('abcd'.repeat(20)), -1499160818],
  ['every octet', Uint8Array.from({ length: 1280 }, (_, i) => i % 256), 1907799943],
])('hashes %s', (_, icon, hash) => {
  expect(faviconHash(icon)).toBe(hash);
});
