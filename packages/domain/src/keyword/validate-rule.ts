import { foldSpace } from '../content/storable-text.ts';
import { invalidInput } from '../errors.ts';
import { CLASS_COST_CAP, classCost } from './class-cost.ts';
import { compileRegex } from './compile-regex.ts';
import type { KeywordRule } from './keyword-rule.ts';
import { canBeEmpty, programOf } from './linear/program.ts';

/** What the expressions of one set may come to together, as `validateRule` counts. */
export const SET_SIZE_CAP = 500_000;

/**
 * Throws INVALID_INPUT, with the field, where a rule cannot run: an unsupported expression, one that matches empty text, a
 * blank literal. Gives what the rule adds to the size of its set: what an expression is compiled to, nothing for a literal.
 */
export function validateRule(rule: KeywordRule): number {
  switch (rule.kind) {
    case 'regex': {
      if (classCost(rule.pattern) > CLASS_COST_CAP) {
        throw invalidInput(
          'The classes of characters of the regular expression are too wide together: use fewer, or narrower ones.',
          'pattern',
        );
      }
      const program = programOf(compileRegex(rule));
      if (canBeEmpty(program)) {
        throw invalidInput(
          'The regular expression can match without a character, which is nearly everywhere: ask for at least one.',
          'pattern',
        );
      }
      return program.ranges.reduce((sum, ranges) => sum + 8 + ranges.length / 4, 0);
    }
    case 'literal':
      if (foldSpace(rule.pattern) === '')
        throw invalidInput('The keyword has no visible character.', 'pattern');
      return 0;
  }
}
