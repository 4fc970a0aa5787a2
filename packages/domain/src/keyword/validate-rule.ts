import { foldSpace } from '../content/storable-text.ts';
import { invalidInput } from '../errors.ts';
import { CLASS_COST_CAP, classCost } from './class-cost.ts';
import { compileRegex } from './compile-regex.ts';
import type { KeywordRule } from './keyword-rule.ts';
import { canBeEmpty, programOf } from './linear/program.ts';

/** What the expressions of one set may come to together, as `validateRule` counts. */
export const SET_SIZE_CAP = 500_000;

/** What a rule adds to its set; literals add nothing. */
export interface RuleCost {
  /** What an expression is compiled to. */
  readonly size: number;
  /** As `classCost` counts. */
  readonly classes: number;
}

/**
 * Throws INVALID_INPUT, with the field, where a rule cannot run: an unsupported expression, one that matches empty text, a
 * blank literal. Gives what it costs.
 */
export function validateRule(rule: KeywordRule): RuleCost {
  switch (rule.kind) {
    case 'regex': {
      const classes = classCost(rule.pattern);
      if (classes > CLASS_COST_CAP) {
        throw invalidInput(
          'The classes of characters of the regular expression are too wide together: use fewer, or narrower ones.',
          'pattern',
        );
      }
      if (asksAsciiOfOthers(rule.pattern)) {
        throw invalidInput(
          'In regular expressions \\b, \\B, \\w and \\W know ASCII letters only, and here they stand beside others: use the option for whole words, and \\p{L} for a letter of any script.',
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
      const size = program.ranges.reduce((sum, ranges) => sum + 8 + ranges.length / 4, 0);
      return { size, classes };
    }
    case 'literal':
      if (foldSpace(rule.pattern) === '')
        throw invalidInput('The keyword has no visible character.', 'pattern');
      return { size: 0, classes: 0 };
  }
}

const OTHER = String.raw`(?![\x00-\x7f])[\p{L}\p{N}\p{M}]`;
const OTHERS = new RegExp(OTHER, 'u');
/** A letter beyond ASCII, however often, and then what asks for one of ASCII; and the other way round. */
const BESIDE = new RegExp(
  String.raw`${OTHER}\)*(?:[+*?]|\{\d+(?:,\d*)?\})*\\[bBwW]|\\[bBwW](?:[+*?(]|\{\d+(?:,\d*)?\}|\?:)*${OTHER}`,
  'u',
);
const CLASS = /\[\^?\]?(?:\\.|[^\]\\])*\]/g;

/** Whether the engine would look for word boundaries and letters of ASCII where another script is meant. */
function asksAsciiOfOthers(pattern: string): boolean {
  if (!OTHERS.test(pattern)) return false;
  // A class that has both kinds of letters means what it says.
  const letterFor = (range: string): string => (OTHERS.test(range) && !/\w/.test(range) ? 'ä' : 'a');
  return BESIDE.test(pattern.replaceAll('\\\\', '  ').replace(CLASS, letterFor));
}
