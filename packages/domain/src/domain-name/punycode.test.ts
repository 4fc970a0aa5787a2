import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIdnaLabel } from './idna2008.ts';
import { toALabel, toULabel } from './label.ts';
import { decodePunycode, encodePunycode } from './punycode.ts';

/** RFC 3492, section 7.1: (A) Arabic, (B) Chinese, (D) Czech, (G) Japanese, (L). */
const SAMPLES: [string, string][] = [
  ['egbpdaj6bu4bxfgehfvwxn', 'ليهمابتكلموشعربي؟'],
  ['ihqwcrb4cv8a8dqg056pqjye', '他们为什么不说中文'],
  ['Proprostnemluvesky-uyb24dma41a', 'Pročprostěnemluvíčesky'],
  ['n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa', 'なぜみんな日本語を話してくれないのか'],
  ['3B-ww4c5e180e575a65lsy2b', '3年B組金八先生'],
];

describe('decodePunycode', () => {
  it.each(SAMPLES)('reads %s', (encoded, decoded) => {
    expect(decodePunycode(encoded)).toBe(decoded);
  });

  it.each(SAMPLES)('is undone for %s', (encoded, decoded) => {
    // Capitals are kept, as the samples write them; the digits of the encoding are small.
    expect(encodePunycode(decoded).toLowerCase()).toBe(encoded.toLowerCase());
  });

  it('takes no time over long labels that need mapping', () => {
    const startedAt = performance.now();
    for (const last of ['中', 'ß', '\u0d3d', '\u{10f7c}', 'Ⅰ', '·']) {
      toALabel(`${'a'.repeat(60)}${last}ü`);
      toALabel(`${'ß'.repeat(60)}${last}ü`);
      isIdnaLabel(`${'a'.repeat(60)}${last}_`);
      isIdnaLabel(`${'ßς·'.repeat(20)}${last}_`);
    }
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('encodes as the runtime does, where the shorter way is taken too', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'abz-09éüßжяқβςσñøłŧ\u0450ặ\u1e9eǆʒԁӏ'),
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(letters, (label) => {
        fc.pre(/[^\0-\x7f]/.test(label));
        const url = URL.parse(`http://${label.normalize('NFC')}.x`);
        expect(toALabel(label)).toBe(url === null ? null : url.hostname.slice(0, -2));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['', '-', 'ü', 'a-ü', 'abc-', '99999999', 'a b', '_', 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'])(
    'refuses %j',
    (encoded) => {
      expect(decodePunycode(encoded)).toBe(null);
    },
  );

  it('takes any text without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => void decodePunycode(text)));
    const digits = fc.string({ unit: fc.constantFrom(...'az059-'), maxLength: 60 });
    fc.assert(
      fc.property(digits, (text) => void decodePunycode(text)),
      { numRuns: 2_000 },
    );
  });

  it('undoes what the runtime encodes', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'abzéüßжяقβ中語한😀ñø'),
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(letters, (label) => {
        const ascii = toALabel(label);
        fc.pre(ascii?.startsWith('xn--') === true);
        expect(toULabel(ascii ?? '')).toBe(label.normalize('NFC'));
      }),
      { numRuns: 1_000 },
    );
  });
});
