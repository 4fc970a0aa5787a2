import { compilingKeywords } from '@domainflow/domain/keyword/compile-keywords.ts';
import { type KeywordRule, keywordRuleSchema } from '@domainflow/domain/keyword/keyword-rule.ts';
import { expect, test } from 'vitest';
import { inSlices } from '../let-others-run.ts';
import { checkRules } from './rules-input.ts';

const expressions = (count: number, pattern: (n: number) => string): KeywordRule[] =>
  Array.from({ length: count }, (_, n) =>
    keywordRuleSchema.parse({ pattern: pattern(n), kind: 'regex', wholeWord: false }),
  );

/** How often others get their turn while this runs. */
async function turnsWhile(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await work.finally(() => clearInterval(timer));
  return turns;
}

test('others get their turn while a thousand expressions are checked and made ready', async () => {
  const rules = expressions(900, (n) => `[\\p{L}\\x{${(0x2600 + n).toString(16)}}]+[0-9]`);
  expect(await turnsWhile(checkRules(rules))).toBeGreaterThan(3);
  expect(await turnsWhile(inSlices(compilingKeywords(rules)))).toBeGreaterThan(3);
});

test('a large class that is repeated hundreds of times is made ready at once', async () => {
  const rules = expressions(1, () => '[\\p{L}\\p{N}]{500}');
  const costsMs: number[] = [];
  for (let run = 0; run < 4; run++) {
    const before = process.cpuUsage();
    await checkRules(rules);
    await inSlices(compilingKeywords(rules));
    costsMs.push(process.cpuUsage(before).user / 1_000);
  }
  // Some 10 ms; 300 where each repetition has a list of its own.
  expect(Math.min(...costsMs)).toBeLessThan(100);
});
