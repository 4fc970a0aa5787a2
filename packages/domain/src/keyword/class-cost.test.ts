import { expect, test } from 'vitest';
import { CLASS_COST_CAP, classCost } from './class-cost.ts';
import { keywordRuleSchema } from './keyword-rule.ts';
import { validateRule } from './validate-rule.ts';

test.each([
  ['[a-z]{3} [а-яё]+', 25 + 31],
  ['[\\x{100}-\\x{10000}]', 0xff00],
  ['[\\x41-\\x5a]', 25],
  ['[\\p{L}\\PN]', 12_000],
  ['\\\\p{2} a\\-b', 0],
  ['[\u{10400}-\u{1044f}]', 0x4f],
  ['[ -\u{10ffff}]', 0x1e943 - 0x20],
])('%s', (source, cost) => {
  expect(classCost(source)).toBe(cost);
});

test('an expression of wide classes is refused before it is compiled', () => {
  const rule = keywordRuleSchema.parse({ pattern: '[Ā-￿]'.repeat(51), kind: 'regex' });
  const before = process.cpuUsage();
  expect(() => validateRule(rule)).toThrow(
    expect.objectContaining({
      code: 'INVALID_INPUT',
      field: 'pattern',
      message: expect.stringMatching(/wide/),
    }),
  );
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(50);
  expect(classCost('\\pL'.repeat(80))).toBeLessThan(CLASS_COST_CAP);
});
