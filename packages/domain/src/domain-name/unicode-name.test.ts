import { describe, expect, test } from 'vitest';
import { parseDomainName } from './parse-domain-name.ts';
import { encodePunycode } from './punycode.ts';
import { unicodeNameOf } from './unicode-name.ts';

describe('unicodeNameOf', () => {
  test.each([
    ['xn--mnchen-3ya.de', 'münchen.de'],
    ['www.xn--bcher-kva.com', 'www.bücher.com'],
    ['xn--r8jz45g.com', '例え.com'],
    ['xn--e1afmkfd.xn--p1ai', 'пример.рф'],
  ])('%s reads %s', (name, unicode) => expect(unicodeNameOf(name)).toBe(unicode));

  test.each([
    ['without A-labels', 'example.com'],
    ['not Punycode', 'xn--\u00e4.com'],
    ['with ASCII alone', 'xn--ab-.com'],
    ['with a capital', `xn--${encodePunycode('Äa')}.com`],
    ['with a joiner that is not seen', `xn--${encodePunycode('a\u200dä')}.com`],
    ['with a mark that turns the direction', `xn--${encodePunycode('a\u202eä')}.com`],
    ['not composed', `xn--${encodePunycode('a\u0308')}.com`],
  ])('a name %s stays as it is', (_, name) => expect(unicodeNameOf(name)).toBeNull());

  test('a label that is none leaves the others readable', () => {
    expect(unicodeNameOf('xn--0.xn--mnchen-3ya.de')).toBe('xn--0.münchen.de');
  });

  test('what it gives is written as the same name', () => {
    const unicode = unicodeNameOf('xn--mnchen-bckerei-dib09a.de');
    expect(unicode).toBe('münchen-bäckerei.de');
    expect(parseDomainName(unicode ?? '')).toMatchObject({ name: 'xn--mnchen-bckerei-dib09a.de' });
  });
});
