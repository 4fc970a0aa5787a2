import { describe, expect, it } from 'vitest';
import { hasIdnaCharacters, isIdnaLabel } from './idna2008.ts';
import { mixesScripts } from './mixed-scripts.ts';

describe('isIdnaLabel', () => {
  it.each([
    ['a label in ASCII', 'a-1'],
    ['sharp s and final sigma', 'straßeς'],
    ['Catalan', 'l·l'],
    ['Greek numerals', '\u0375α'],
    ['Hebrew with geresh', 'ג\u05f3ירפה'],
    ['Japanese with a middle dot', 'ア・イ'],
    ['Arabic digits', 'ب\u0661\u0662'],
    ['the ideographic zero', '\u3007'],
    ['Tibetan tsheg', 'ཀ\u0f0b'],
    ['Cherokee, whose capitals are the stable ones', '\u13a0'],
    ['Hangul', '한국'],
  ])('takes %s', (_, label) => {
    expect(isIdnaLabel(label)).toBe(true);
  });

  it.each([
    ['a capital', 'Ä'],
    ['an emoji', '\u{1f600}'],
    ['a symbol', 'i♥u'],
    ['a ligature', 'ﬁ'],
    ['full-width letters', 'ａ'],
    ['superscripts', 'a²'],
    ['an underscore', 'a_b'],
    ['a soft hyphen', 'a\u00adb'],
    ['the Arabic tatweel', 'ب\u0640'],
    ['a conjoining Jamo', '\u1100'],
    ['a musical symbol', '\u{1d165}'],
    ['a mark for symbols', 'a\u20d0'],
    ['small Cherokee', '\uab70'],
    ['an unassigned code point', '\u0378'],
    ['a middle dot elsewhere', 'a·b'],
    ['a Greek numeral sign without Greek', '\u0375a'],
    ['a geresh at the start', '\u05f3א'],
    ['a Katakana middle dot in Latin', 'a・b'],
    ['two kinds of Arabic digits', 'ب\u0661\u06f1'],
    ['nothing', ''],
  ])('refuses %s', (_, label) => {
    expect(isIdnaLabel(label)).toBe(false);
  });

  it('leaves contexts to whoever has the whole label', () => {
    expect(hasIdnaCharacters('·')).toBe(true);
    expect(isIdnaLabel('·')).toBe(false);
  });
});

describe('mixesScripts', () => {
  it.each(['shop', 'shöp-1', 'магазин', '東京タワーのabc', '한국abc', 'αβγ-1', '中文abc', '\u1680\u1681'])(
    'does not see it in %s',
    (label) => {
      expect(mixesScripts(label)).toBe(false);
    },
  );

  it.each(['аpple', 'shopα', 'жα', '한국タワー', 'аб中', 'a\u{10330}', 'ᎠᏴa'])('sees it in %s', (label) => {
    expect(mixesScripts(label)).toBe(true);
  });
});
