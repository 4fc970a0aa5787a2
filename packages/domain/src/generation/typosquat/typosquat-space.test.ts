import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toALabel } from '../../domain-name/label.ts';
import { parseDomainName } from '../../domain-name/parse-domain-name.ts';
import { canonicalPattern } from '../canonical-pattern.ts';
import { compilePattern } from '../compile-pattern.ts';
import { generateRange } from '../generate-range.ts';
import { type Pattern, patternSchema } from '../pattern.ts';
import { KEYBOARDS, TYPOSQUAT_KINDS, type TyposquatKind } from './kinds.ts';
import { repertoireOf } from './registry-repertoires.ts';

const patternOf = (input: object): Pattern => patternSchema.parse({ pattern: 'typosquat', ...input });
/** The names of one kind of one seed. */
function namesOf(kind: TyposquatKind, seed: string, input: object = {}): string[] {
  const space = compilePattern(patternOf({ seeds: [seed], kinds: [kind], ...input }));
  return generateRange(space, 0n, space.size).domains.map(({ name }) => name);
}
const under = (tld: string, labels: string): string[] =>
  labels.split(' ').map((label) => `${toALabel(label)}.${tld}`);

/** Checked by hand. */
const EXAMPLES: [TyposquatKind, string, string][] = [
  ['hyphenation', 'shop', 's-hop sh-op sho-p'],
  ['omission', 'shop', 'hop sop shp sho'],
  ['omission', 'book', 'ook bok boo'],
  ['repetition', 'shop', 'sshop shhop shoop shopp'],
  ['transposition', 'shop', 'hsop sohp shpo'],
  ['transposition', 'book', 'obok boko'],
  ['vowel_swap', 'shop', 'shap shep ship shup'],
  ['plural', 'shop', 'shops shosp'],
  ['plural', 'city', 'cities citsy'],
  ['plural', 'boxes', 'boxeses box boxess'],
  // s 73: r 72, q 71, w 77, c 63, 3 33; b 62: c 63, f 66, j 6a, r 72 (` and " are no letters).
  ['bitsquatting', 's', 'r q w c 3'],
  ['bitsquatting', 'b', 'c f j r'],
];

describe('typosquats', () => {
  it.each(EXAMPLES)('of kind %s of %s are known', (kind, label, expected) => {
    expect(namesOf(kind, `${label}.com`)).toEqual(under('com', expected));
  });

  it('add a letter or a digit', () => {
    const names = namesOf('addition', 'shop.com');
    expect(names.length).toBe(36);
    expect([names[0], names.at(-1)]).toEqual(['shopa.com', 'shop9.com']);
  });

  it('make a subdomain of the beginning', () => {
    expect(namesOf('subdomain', 'my-shop.co.uk')).toEqual(
      ['m.y-shop', 'my-s.hop', 'my-sh.op', 'my-sho.p'].map((name) => `${name}.co.uk`),
    );
  });

  it('put other suffixes in place of the seed’s', () => {
    expect(namesOf('tld_swap', 'shop.com', { tlds: ['net', 'com', 'co.uk', 'рф'] })).toEqual([
      'shop.co.uk',
      'shop.net',
      'shop.xn--p1ai',
    ]);
    expect(compilePattern(patternOf({ seeds: ['shop.com'], kinds: ['tld_swap'] })).size).toBe(0n);
  });

  it.each([
    ['qwerty', 'a', 'q s w z'],
    ['qwertz', 'a', 'q s w y'],
    ['azerty', 'a', '1 2 q z'],
    ['qwerty', 'y', '6 7 g h t u'],
    ['qwertz', 'y', 'a s x'],
    ['azerty', 'm', 'l p'],
    ['qwerty', 'm', 'j k n'],
    ['qwerty', '1', '2 q'],
  ])('replace by what is next to a key on %s: %s', (keyboard, key, neighbours) => {
    expect(namesOf('replacement', `${key}.com`, { keyboards: [keyboard] })).toEqual(under('com', neighbours));
  });

  it('insert what is next to a key before and after it', () => {
    expect(namesOf('insertion', 'm.com', { keyboards: ['qwerty'] })).toEqual(
      under('com', 'jm mj km mk nm mn'),
    );
  });

  it('look like the seed, within what the registry takes', () => {
    expect(namesOf('homoglyph', 'sol.es')).toEqual(under('es', '5ol s0l sól sòl so1 soi'));
    expect(namesOf('homoglyph', 'mia.dk')).toEqual(under('dk', 'rnia nnia m1a mla mja miå miä'));
    expect(namesOf('homoglyph', 'ol.cz')).toEqual(under('cz', '0l o1 oi'));
    // Nothing is known of this registry.
    expect(namesOf('homoglyph', 'ol.xyz')).toEqual(under('xyz', '0l o1 oi'));
    expect(namesOf('homoglyph', 'über.at')).toContain('uber.at');
    expect(namesOf('homoglyph', 'book.de')).toContain(`${toALabel('böök')}.de`);
    expect(namesOf('homoglyph', 'strasse.de')).toContain(`${toALabel('straße')}.de`);
    expect(namesOf('homoglyph', 'straße.de')).toContain('strasse.de');
    expect(namesOf('homoglyph', 'corner.com')).toContain('comer.com');
  });

  it('are written wholly in another script where the registry takes that', () => {
    // https://www.xn--80ak6aa92e.com/, 2017
    expect(namesOf('homoglyph', 'apple.com')).toContain('xn--80ak6aa92e.com');
    expect(namesOf('homoglyph', 'apple.de')).not.toContain('xn--80ak6aa92e.de');
    // оса, a wasp, is written with letters that all look Latin.
    expect(namesOf('homoglyph', 'оса.com')).toContain('oca.com');
    const marked = namesOf('homoglyph', 'paypal.com').filter((name) => name.startsWith('xn--'));
    expect(marked.length).toBeGreaterThan(50);
  });

  it('never are a seed, and say so where one makes the other', () => {
    const space = compilePattern(
      patternOf({ seeds: ['shop.com', 'shops.com'], kinds: ['plural', 'omission'] }),
    );
    const { domains, skipped } = generateRange(space, 0n, space.size);
    expect(domains.map(({ name }) => name)).not.toContain('shops.com');
    expect(skipped).toMatchObject({ SEED: 3 });
  });

  it('have each kind in one block, and each name once', () => {
    const pattern = { seeds: ['example.com', 'über.de'], tlds: ['net', 'org'] };
    const space = compilePattern(patternOf(pattern));
    let from = 0n;
    const seen = new Set<string>();
    for (const kind of TYPOSQUAT_KINDS) {
      const block = compilePattern(patternOf({ ...pattern, kinds: [kind] }));
      for (let at = 0n; at < block.size; at++) {
        const alone = block.nameAt(at);
        const inAll = space.nameAt(from + at);
        if (alone.ok && seen.has(alone.name)) expect(inAll).toEqual({ ok: false, reason: 'DUPLICATE' });
        else expect(inAll).toEqual(alone);
        if (alone.ok) seen.add(alone.name);
      }
      from += block.size;
    }
    expect(space.size).toBe(from);
  });

  it('map offsets and names to each other, and are names (G2, G4, G6, G7)', () => {
    const label = fc
      .string({ unit: fc.constantFrom(...'abcdeilmnorswxyz019-üñжоα中'), minLength: 1, maxLength: 12 })
      .filter((text) => parseDomainName(`${text}.com`).ok);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(label, fc.constantFrom('com', 'de', 'eu', 'co.uk', 'uk', 'pl')), {
          minLength: 1,
          maxLength: 2,
        }),
        fc.uniqueArray(fc.constantFrom(...TYPOSQUAT_KINDS), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (seeds, kinds, enforceUniqueness) => {
          const names = seeds.map(([text, tld]) => `${text}.${tld}`);
          fc.pre(names.every((name) => parseDomainName(name).ok));
          const space = compilePattern(
            patternOf({ seeds: names, kinds, tlds: ['net', 'uk'], enforceUniqueness }),
          );
          const { domains, skipped } = generateRange(space, 0n, space.size);
          const all = Object.values(skipped).reduce((sum, count) => sum + count, domains.length);
          expect(BigInt(all)).toBe(space.size);
          const seedNames = names
            .map((name) => parseDomainName(name))
            .flatMap((parsed) => (parsed.ok ? [parsed.name] : []));
          const first = new Map<string, number>();
          for (const { ordinal, name } of domains) {
            expect(space.nameAt(BigInt(ordinal))).toEqual({ ok: true, name });
            expect(parseDomainName(name)).toEqual({ ok: true, name });
            expect(seedNames).not.toContain(name);
            if (!first.has(name)) first.set(name, ordinal);
            expect(space.offsetOf(name)).toBe(BigInt(first.get(name) ?? -1));
          }
          if (enforceUniqueness) expect(first.size).toBe(domains.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a seed that is none', { seeds: ['shop.com', 'sh op.com'] }, 'seeds.1'],
    ['a public suffix', { seeds: ['co.uk'] }, 'seeds.0'],
    ['an unknown TLD to swap', { seeds: ['shop.com'], tlds: ['nosuchtld'] }, 'tlds.0'],
  ])('refuse %s and name the field', (_, input, field) => {
    expect(() => compilePattern(patternOf(input))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', field }),
    );
  });

  it('have one canonical text, whatever the order and spelling', () => {
    const one = patternOf({
      seeds: ['shop.com', 'über.de'],
      kinds: ['omission', 'insertion'],
      keyboards: [...KEYBOARDS],
    });
    const other = patternOf({
      seeds: ['xn--ber-goa.DE', 'https://www.Shop.com/'],
      kinds: ['insertion', 'omission', 'tld_swap'],
      keyboards: ['azerty', 'qwerty', 'qwertz'],
      startOffset: '4',
    });
    expect(canonicalPattern(other)).toBe(canonicalPattern(one));
    expect(
      canonicalPattern(patternOf({ seeds: ['shop.com'], kinds: ['omission'], keyboards: ['qwerty'] })),
    ).toBe(canonicalPattern(patternOf({ seeds: ['shop.com'], kinds: ['omission'], tlds: ['net'] })));
    expect(
      canonicalPattern(patternOf({ seeds: ['shop.com'], kinds: ['insertion'], keyboards: ['qwerty'] })),
    ).not.toBe(canonicalPattern(patternOf({ seeds: ['shop.com'], kinds: ['insertion'] })));
  });
});

describe('repertoireOf', () => {
  it('has as many letters as the registries say', () => {
    const count = (suffix: string): number => [...(repertoireOf(suffix)?.latin ?? '')].length;
    expect(['de', 'at', 'ch', 'fr', 'no', 'fi', 'dk', 'pt', 'hu'].map(count)).toEqual([
      93, 34, 32, 30, 23, 17, 7, 12, 9,
    ]);
    expect(repertoireOf('com.tr')).toBe(repertoireOf('tr'));
    expect(repertoireOf('xyz')).toBe(null);
  });
});
