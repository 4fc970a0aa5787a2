import { describe, expect, it } from 'vitest';
import { isKnownTld, parsePublicSuffix, suffixStanding } from './public-suffix.ts';

describe('parsePublicSuffix', () => {
  it.each([
    ['com', 'com', 'icann'],
    [' .COM. ', 'com', 'icann'],
    ['co.uk', 'co.uk', 'icann'],
    ['рф', 'xn--p1ai', 'icann'],
    ['XN--P1AI', 'xn--p1ai', 'icann'],
    ['公司。cn', 'xn--55qx5d.cn', 'icann'],
    ['anything.ck', 'anything.ck', 'icann'],
    ['github.io', 'github.io', 'private'],
  ])('reads %j as %s (%s)', (text, suffix, section) => {
    expect(parsePublicSuffix(text)).toEqual({ ok: true, suffix, section });
    expect(isKnownTld(text)).toBe(true);
  });

  it.each([
    ['', 'EMPTY'],
    ['.', 'EMPTY'],
    ['co..uk', 'EMPTY_LABEL'],
    ['*.ck', 'BAD_CHARACTER'],
    ['c m', 'BAD_CHARACTER'],
    ['xn--a', 'BAD_IDN'],
    ['-com', 'HYPHEN_EDGE'],
    ['test', 'UNKNOWN_TLD'],
    ['127', 'UNKNOWN_TLD'],
    ['example.com', 'UNKNOWN_TLD'],
    ['www.ck', 'UNKNOWN_TLD'],
    ['a'.repeat(64), 'LABEL_TOO_LONG'],
    ['a'.repeat(254), 'TOO_LONG'],
  ])('refuses %j as %s', (text, reason) => {
    expect(parsePublicSuffix(text)).toEqual({ ok: false, reason });
    expect(isKnownTld(text)).toBe(false);
  });
});

describe('suffixStanding', () => {
  it.each([
    ['example.com', 'below'],
    ['a.b.example.co.uk', 'below'],
    ['github.io', 'below'],
    ['www.ck', 'below'],
    ['co.uk', 'suffix'],
    ['www2.ck', 'suffix'],
    ['example.nosuchtld', 'unknown'],
  ])('says that %s is %s', (name, standing) => {
    expect(suffixStanding(name)).toBe(standing);
  });
});
