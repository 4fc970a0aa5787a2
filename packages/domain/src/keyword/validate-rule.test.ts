import { describe, expect, it } from 'vitest';
import { keywordRuleSchema } from './keyword-rule.ts';
import { validateRule } from './validate-rule.ts';

const check = (pattern: string): number =>
  validateRule(keywordRuleSchema.parse({ pattern, kind: 'regex' })).size;

describe('word boundaries and letters of ASCII', () => {
  it.each([
    '\\büber\\b',
    'caf[eé]s?|é\\b',
    'café\\b',
    'страх\\w+',
    '\\w*versicherungsgrö\\w{2,3}e',
    '\\b(?:über|unter)',
    '[äöü]+\\b',
    '(né|né)\\b',
    '\\b東京',
  ])('are refused beside others: %s', (pattern) => {
    expect(() => check(pattern)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', field: 'pattern' }),
    );
  });

  it.each([
    '\\bMünchen\\b',
    '[\\wäöüß]+versicherung',
    '\\p{L}+é',
    'é\\\\w',
    'Größe \\d+\\b',
    '[^\\x00-\\x7f]+\\b',
    'straße',
    '\\bcaf\\x{e9}',
  ])('are taken elsewhere: %s', (pattern) => {
    expect(check(pattern)).toBeGreaterThan(0);
  });
});
