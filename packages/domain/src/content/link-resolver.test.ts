import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinkResolver } from './link-resolver.ts';

const BASES = [
  'https://shop.example/dir/page?x#y',
  'http://a.example:8080/',
  'https://shop.example/a/b/c/',
  'https://user:pass@b.example/c',
  'http://[::1]/x/',
  'tel:1',
];

/** What the platform says. */
function expected(href: string, base: string): string | null {
  const url = URL.parse(href.trim(), base);
  return url !== null && /^(?:https?|mailto|tel):$/.test(url.protocol) ? url.href : null;
}

const PIECES =
  '/ // . .. ... /. ./ /.. %2e %2E % ? # : @ \\ http:// https:// HTTP:// http: https:/ mailto: tel: javascript: a b.example xn-- xn--a 1 0x7f 127.1 A ü é 日 - -- _ ~ & = + \' " < > | ^ ` { } [ ] ; , ! $ ( ) * :80 :443 :99999 \t \n';
const href = fc
  .array(fc.oneof(fc.constantFrom(...PIECES.split(' '), ' '), fc.string({ maxLength: 3 })), { maxLength: 8 })
  .map((parts) => parts.join(''));
const url = fc
  .tuple(fc.constantFrom('/', 'http://', 'https://', '', './', '../', '../../', 'a/'), href)
  .map(([start, rest]) => start + rest);

describe('links', () => {
  it('are made absolute as the platform does', () => {
    fc.assert(
      fc.property(url, fc.constantFrom(...BASES), (link, base) => {
        expect(new LinkResolver(base).resolve(link)).toBe(expected(link, base));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    '/contact',
    '/a?b=c&d=%20e',
    "/a?b='c'",
    '/a/../b',
    '/.well-known/x',
    '/a//b',
    'a/b.html?c=/../d#e',
    '../../../../a',
    '..//a',
    '../..',
    './',
    './a:b',
    '?a',
    '',
    '//other.example/x',
    'https://other.example',
    'https://other.example?x',
    'https://1.2/',
    'https://a.1/',
    'https://a.0x1/',
    'https://a..b/',
    'https://-a.example/',
    'https://xn--mnchen-3ya.de/x',
    'https://a.example./x',
    'https://a.example:443/x',
    'https://A.example/x',
    'https:///a.example/x',
    'mailto:a@b.example',
  ])('%s', (link) => {
    for (const base of BASES) expect(new LinkResolver(base).resolve(link)).toBe(expected(link, base));
  });
});
