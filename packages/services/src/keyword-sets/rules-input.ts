import { foldSpace } from '@domainflow/domain/content/storable-text.ts';
import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import { foldCase } from '@domainflow/domain/keyword/fold-case.ts';
import { type KeywordRule, keywordRuleSchema } from '@domainflow/domain/keyword/keyword-rule.ts';
import { SET_SIZE_CAP, validateRule } from '@domainflow/domain/keyword/validate-rule.ts';
import { z } from 'zod';
import { inSlices } from '../let-others-run.ts';

const MAX_RULES = 2_000;
/** Each takes a tenth of a millisecond and more to be checked and made ready. */
const MAX_REGEX_RULES = 1_000;

/** What the classes of all expressions may cost, as `classCost` counts: half a second. */
const SET_CLASSES_CAP = 12_000_000;

export const rulesSchema = z
  .array(keywordRuleSchema)
  .min(1, 'At least one rule')
  .max(MAX_RULES, `At most ${MAX_RULES} rules in a set: share them out among several`);

/**
 * Refuses rules that cannot run, and rules that say the same twice; the field names the rule (`rules.3.pattern`).
 * Others get their turn in between: a thousand expressions take half a second to compile.
 */
export const checkRules = (rules: readonly KeywordRule[]): Promise<void> => inSlices(checkingRules(rules));

function* checkingRules(rules: readonly KeywordRule[]): Generator<undefined, void> {
  if (rules.filter((rule) => rule.kind === 'regex').length > MAX_REGEX_RULES) {
    throw invalidInput(
      `At most ${MAX_REGEX_RULES} regular expressions in a set: share them out among several.`,
      'rules',
    );
  }
  const firstWith = new Map<string, number>();
  let size = 0;
  let classes = 0;
  for (const [index, rule] of rules.entries()) {
    const field = `rules.${index}.pattern`;
    if (rule.kind === 'regex') yield;
    try {
      const cost = validateRule(rule);
      size += cost.size;
      classes += cost.classes;
    } catch (error) {
      if (!(error instanceof DomainFlowError)) throw error;
      throw invalidInput(error.message, `rules.${index}.${error.field ?? 'pattern'}`, error.details);
    }
    if (size > SET_SIZE_CAP || classes > SET_CLASSES_CAP) {
      throw invalidInput(
        'The regular expressions up to this one are too large together: repeat fewer times, use fewer classes of characters, or share them out among several sets.',
        field,
      );
    }
    const key = JSON.stringify([rule.kind, rule.caseSensitive, comparable(rule)]);
    const earlier = firstWith.get(key);
    if (earlier !== undefined) {
      throw invalidInput(`The same as rule ${earlier + 1}: it would count twice.`, field);
    }
    firstWith.set(key, index);
  }
}

/** The pattern in a form that is the same for rules that match the same. */
function comparable({ kind, pattern, caseSensitive }: KeywordRule): string {
  const text = kind === 'literal' ? foldSpace(pattern) : pattern;
  // In an expression the case of an escaped letter says what it is.
  return caseSensitive || (kind === 'regex' && /[\\?]/.test(text)) ? text : foldCase(text);
}
