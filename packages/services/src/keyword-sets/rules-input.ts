import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import { type KeywordRule, keywordRuleSchema } from '@domainflow/domain/keyword/keyword-rule.ts';
import { validateRule } from '@domainflow/domain/keyword/validate-rule.ts';
import { z } from 'zod';

const MAX_RULES = 2_000;
/** Each costs time when it is compiled, and runs over every page on its own. */
const MAX_REGEX_RULES = 200;

export const rulesSchema = z.array(keywordRuleSchema).min(1, 'At least one rule').max(MAX_RULES);

export const keywordSetFields = {
  name: z.string().trim().min(1, 'A name is needed').max(100),
  description: z.string().trim().max(2_000),
};

/** Refuses rules that cannot run, and rules that say the same twice; the field names the rule (`rules.3.pattern`). */
export function checkRules(rules: readonly KeywordRule[]): void {
  if (rules.filter((rule) => rule.kind === 'regex').length > MAX_REGEX_RULES) {
    throw invalidInput(`At most ${MAX_REGEX_RULES} regular expressions in a set.`, 'rules');
  }
  const firstWith = new Map<string, number>();
  for (const [index, rule] of rules.entries()) {
    const field = `rules.${index}.pattern`;
    try {
      validateRule(rule);
    } catch (error) {
      if (!(error instanceof DomainFlowError)) throw error;
      throw invalidInput(error.message, `rules.${index}.${error.field ?? 'pattern'}`, error.details);
    }
    const pattern = rule.caseSensitive || rule.kind === 'regex' ? rule.pattern : rule.pattern.toLowerCase();
    const key = JSON.stringify([rule.kind, rule.caseSensitive, pattern]);
    const earlier = firstWith.get(key);
    if (earlier !== undefined) {
      throw invalidInput(`The same as rule ${earlier + 1}: it would count twice.`, field);
    }
    firstWith.set(key, index);
  }
}
