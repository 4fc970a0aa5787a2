import { RE2JS } from 're2js';
import { invalidInput } from '../errors.ts';
import type { KeywordRule } from './keyword-rule.ts';
import { KIND, placesBetween } from './linear/char-classes.ts';
import { canBeEmpty, programOf } from './linear/program.ts';

/** Instructions of the compiled expression: counted repetitions of repetitions multiply. */
const PROGRAM_CAP = 5_000;

/** Compiles a regular expression for the linear-time engine; throws INVALID_INPUT that names what is not supported. */
export function compileRegex(rule: KeywordRule): RE2JS {
  try {
    const flags = rule.caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE;
    const regex = RE2JS.compile(rule.pattern, flags);
    if (regex.programSize() > PROGRAM_CAP) {
      throw invalidInput('The regular expression is too large: repeat fewer times.', 'pattern');
    }
    if (canBeEmpty(programOf(regex), placesBetween(KIND.edge, KIND.edge))) {
      throw invalidInput('The regular expression matches the empty text, which is everywhere.', 'pattern');
    }
    return regex;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'DomainFlowError') throw error;
    const reason = error.message.replace(/^error parsing regexp: /, '');
    throw invalidInput(
      `Not a usable regular expression: ${unsupported(rule.pattern, reason) ?? `${reason}.`}`,
      'pattern',
    );
  }
}

/** Why an expression of other engines is none here; null where it is none anywhere. */
function unsupported(pattern: string, reason: string): string | null {
  if (/repeat count|size/.test(reason))
    return 'repetitions, and those within them multiplied, may come to 1,000 at most.';
  if (/\(\?<?[=!]/.test(pattern))
    return 'look-around, as in (?=…) and (?<=…), is not supported, because it cannot run in linear time.';
  if (/\\[1-9k]|\(\?P=/.test(pattern))
    return 'back-references, as in \\1, are not supported, because they cannot run in linear time.';
  if (/[*+?}]\+|\(\?>/.test(pattern))
    return 'possessive repetitions and atomic groups are not supported, nor needed: no expression runs longer than its text.';
  return null;
}
