import { expect, it } from 'vitest';
import { CookieJar } from './cookie-jar.ts';

const sent = (setCookie: string, to: string, from = 'https://www.shop.co.uk/a/b'): string | null => {
  const jar = new CookieJar();
  jar.store(new URL(from), setCookie);
  return jar.header(new URL(to));
};

it.each([
  ['a=1', 'https://www.shop.co.uk/a/c', 'a=1'],
  ['a=1', 'https://www.shop.co.uk/', null],
  ['a=1; Path=/', 'https://shop.co.uk/', null],
  ['a=1; Path=/; Domain=.SHOP.co.uk', 'https://x.shop.co.uk/', 'a=1'],
  ['a=1; Path=/; Domain=shop.co.uk', 'https://notshop.co.uk/', null],
  ['a=1; Path=/; Domain=co.uk', 'https://www.shop.co.uk/', null],
  ['a=1; Path=/; Domain=other.com', 'https://other.com/', null],
  ['a=1; Path=/; Secure', 'http://www.shop.co.uk/', null],
  ['a=1; Path=/a', 'https://www.shop.co.uk/ab', null],
  ['a=x=y; Path=/', 'https://www.shop.co.uk/', 'a=x=y'],
  ['a=1; Path=/\na=2; Path=/', 'https://www.shop.co.uk/', 'a=2'],
  ['a=1; Path=/\na=; Path=/; Max-Age=0', 'https://www.shop.co.uk/', null],
  ['a=1; Path=/\na=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'https://www.shop.co.uk/', null],
  ['=1; Path=/', 'https://www.shop.co.uk/', null],
  ['a\u0001=1; Path=/', 'https://www.shop.co.uk/', null],
  ['a=1\r\nX: y; Path=/', 'https://www.shop.co.uk/', null],
  ['', 'https://www.shop.co.uk/', null],
])('%j to %s', (setCookie, to, header) => {
  expect(sent(setCookie, to)).toBe(header);
});

it('keeps few', () => {
  const many = Array.from({ length: 500 }, (_, i) => `n${i}=1; Path=/`).join('\n');
  expect(sent(many, 'https://www.shop.co.uk/')?.split('; ')).toHaveLength(50);
});
