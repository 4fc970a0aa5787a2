import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDomainName } from './parse-domain-name.ts';
import { DOMAIN_NAME_REASONS } from './reasons.ts';

const accepted: readonly [string, string][] = [
  ['example.com', 'example.com'],
  ['  Example.COM.\r', 'example.com'],
  ['\ufeffexample.com', 'example.com'],
  ['a.b.c.example.co.uk', 'a.b.c.example.co.uk'],
  ['1-2.de', '1-2.de'],
  ['a--b.com', 'a--b.com'],
  ['github.io', 'github.io'],
  ['me.github.io', 'me.github.io'],
  ['www.ck', 'www.ck'],
  ['https://Example.com/path?q=1#f', 'example.com'],
  ['https://user:p%40ss@example.com:8443/', 'example.com'],
  ['//example.com/x', 'example.com'],
  ['example.com:8080', 'example.com'],
  ['example.com/path', 'example.com'],
  ['https://example.com?x', 'example.com'],
  ['http://example.com\\x', 'example.com'],
  ['münchen.de', 'xn--mnchen-3ya.de'],
  ['MÜNCHEN.de', 'xn--mnchen-3ya.de'],
  ['mu\u0308nchen.de', 'xn--mnchen-3ya.de'],
  ['faß.de', 'xn--fa-hia.de'],
  ['\uac00\u11a8.com', 'xn--p39a.com'],
  ['公司。中国', 'xn--55qx5d.xn--fiqs8s'],
  ['東京abc.jp', 'xn--abc-dm9di64i.jp'],
  ['xn--pypal-4ve.com', 'xn--pypal-4ve.com'],
  ['example．com', 'example.com'],
  ['example｡com｡', 'example.com'],
  ['ＥＸＡＭＰＬＥ.com', 'example.com'],
  ['пример.рф', 'xn--e1afmkfd.xn--p1ai'],
  ['xn--MNCHEN-3ya.de', 'xn--mnchen-3ya.de'],
  ['אב.com', 'xn--4dbc.com'],
  [`${'a'.repeat(63)}.com`, `${'a'.repeat(63)}.com`],
];

const refused: readonly [string, keyof typeof DOMAIN_NAME_REASONS][] = [
  ['', 'EMPTY'],
  [' \t\r\n', 'EMPTY'],
  ['.', 'EMPTY_LABEL'],
  ['https://', 'EMPTY_LABEL'],
  ['a..com', 'EMPTY_LABEL'],
  ['.example.com', 'EMPTY_LABEL'],
  ['example.com..', 'EMPTY_LABEL'],
  [`${'a'.repeat(64)}.com`, 'LABEL_TOO_LONG'],
  [`${`${'a'.repeat(60)}.`.repeat(5)}com`, 'TOO_LONG'],
  ['x'.repeat(5_000), 'TOO_LONG'],
  ['exa mple.com', 'BAD_CHARACTER'],
  ['a_b.com', 'BAD_CHARACTER'],
  ['info@example.com', 'BAD_CHARACTER'],
  ['mailto:info@example.com', 'BAD_CHARACTER'],
  ['%65xample.com', 'BAD_CHARACTER'],
  ['exam\tple.com', 'BAD_CHARACTER'],
  ['example.com,example.org', 'BAD_CHARACTER'],
  ['exam\0ple.com', 'BAD_CHARACTER'],
  ['ü%.com', 'BAD_CHARACTER'],
  ['ü＿.com', 'BAD_CHARACTER'],
  ['*.example.com', 'WILDCARD'],
  ['-a.com', 'HYPHEN_EDGE'],
  ['a-.com', 'HYPHEN_EDGE'],
  ['a.-com', 'HYPHEN_EDGE'],
  ['-ü.com', 'HYPHEN_EDGE'],
  ['ab--c.com', 'HYPHEN_34'],
  ['ab--ü.com', 'HYPHEN_34'],
  ['xn--ab---3ra.com', 'HYPHEN_34'],
  ['p\u0430ypal.com', 'MIXED_SCRIPTS'],
  ['https://shop.p\u0430ypal.com/', 'MIXED_SCRIPTS'],
  ['xn--a.com', 'BAD_IDN'],
  ['xn--.com', 'BAD_IDN'],
  ['xn--abc-.com', 'BAD_IDN'],
  ['xn--99999999.com', 'BAD_IDN'],
  ['\u0301a.com', 'BAD_IDN'],
  ['אa.com', 'BAD_IDN'],
  ['1.2.3.4', 'IP_ADDRESS'],
  ['１.2.3.4', 'IP_ADDRESS'],
  ['http://127.0.0.1:80/', 'IP_ADDRESS'],
  ['2130706433', 'IP_ADDRESS'],
  ['0x7f.1', 'IP_ADDRESS'],
  ['http://[::1]:80/', 'IP_ADDRESS'],
  ['2001:db8::1', 'IP_ADDRESS'],
  ['::ffff:1.2.3.4', 'IP_ADDRESS'],
  ['localhost', 'SINGLE_LABEL'],
  ['com', 'SINGLE_LABEL'],
  ['example.nosuchtld', 'UNKNOWN_TLD'],
  ['example.123', 'UNKNOWN_TLD'],
  ['co.uk', 'IS_PUBLIC_SUFFIX'],
  ['anything.ck', 'IS_PUBLIC_SUFFIX'],
  ['公司.cn', 'IS_PUBLIC_SUFFIX'],
];

describe('parseDomainName', () => {
  it.each(accepted)('reads %j as %s', (text, name) => {
    expect(parseDomainName(text)).toEqual({ ok: true, name });
  });

  it.each(refused)('refuses %j as %s', (text, reason) => {
    expect(parseDomainName(text)).toEqual({ ok: false, reason });
  });

  it('has an example of each reason', () => {
    expect(new Set(refused.map(([, reason]) => reason))).toEqual(new Set(Object.keys(DOMAIN_NAME_REASONS)));
  });

  it('never throws, and what it gives reads as itself', () => {
    const anyLine = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.domain(),
      fc.string({ unit: fc.constantFrom(...'a-.xn0ü中。א٠\u0301%@:/[]* ') }).map((text) => `${text}.com`),
    );
    fc.assert(
      fc.property(anyLine, (text) => {
        const parsed = parseDomainName(text);
        if (!parsed.ok) return;
        expect(parsed.name).toMatch(/^(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/);
        expect(parsed.name.length).toBeLessThanOrEqual(253);
        expect(parseDomainName(parsed.name)).toEqual(parsed);
      }),
      { numRuns: 2_000 },
    );
  });

  it('judges plain names as it judges the same names the long way', () => {
    const label = fc.string({ unit: fc.constantFrom(...'abx0n-'), minLength: 0, maxLength: 6 });
    const name = fc
      .array(label, { minLength: 1, maxLength: 4 })
      .map((labels) => [...labels, 'com'].join('.'));
    fc.assert(
      fc.property(name, (text) => {
        expect(parseDomainName(text)).toEqual(parseDomainName(`//${text}`));
      }),
      { numRuns: 2_000 },
    );
  });
});
