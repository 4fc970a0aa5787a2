import { foldSpace } from '../content/storable-text.ts';
import { invalidInput } from '../errors.ts';
import { compileRegex } from './compile-regex.ts';
import type { KeywordRule } from './keyword-rule.ts';

/** Throws INVALID_INPUT, with the field, where a rule cannot run: an unsupported expression, a blank literal. */
export function validateRule(rule: KeywordRule): void {
  switch (rule.kind) {
    case 'regex':
      compileRegex(rule);
      return;
    case 'literal':
      if (foldSpace(rule.pattern) === '')
        throw invalidInput('The keyword has no visible character.', 'pattern');
      return;
  }
}
