import {
  bigCountSchema,
  CONSTANT_POSITIONS,
  MAX_INLINE_WORDS,
  MAX_TARGET_DOMAINS,
  type Pattern,
} from '@domainflow/domain/generation/pattern.ts';
import { KEYBOARDS, TYPOSQUAT_KINDS } from '@domainflow/domain/generation/typosquat/kinds.ts';
import { z } from 'zod';
import { formatCount } from '../../lib/format.ts';
import { wordsOf } from '../word-lists/words-of.ts';

export const STRATEGIES = ['affix', 'dictionary', 'typosquat'] as const;
export type Strategy = (typeof STRATEGIES)[number];

const MAX_LENGTH = 63;
/** Not a number while the field is empty. */
const lengthSchema = z.union([z.number(), z.nan()]);

/** Words of a dictionary as the form holds them: typed in, or a stored list. */
const wordSourceSchema = z.object({
  kind: z.enum(['typed', 'stored']),
  text: z.string(),
  wordListId: z.string(),
});

const MAX_TARGET_TEXT = formatCount(MAX_TARGET_DOMAINS);

/** The pattern as the form holds it: the fields of all strategies, so that changing one's mind loses nothing. */
export const patternFieldsSchema = z
  .object({
    strategy: z.enum(STRATEGIES),
    pattern: z.enum(['prefix', 'suffix', 'both']),
    /** Of affixes and dictionaries. */
    constantPart: z.string(),
    prefixVariableLength: lengthSchema,
    suffixVariableLength: lengthSchema,
    charSet: z.string(),
    /** Of affixes and dictionaries. */
    tlds: z.array(z.string()),
    lists: z.array(wordSourceSchema),
    constantPosition: z.enum(CONSTANT_POSITIONS),
    separators: z.array(z.string()),
    seeds: z.array(z.string()),
    kinds: z.array(z.enum(TYPOSQUAT_KINDS)),
    keyboards: z.array(z.enum(KEYBOARDS)),
    /** What `tld_swap` puts in place of a seed's suffix. */
    swapTlds: z.array(z.string()),
    /** Empty: all that the space has. */
    target: z
      .string()
      .regex(/^[0-9]*$/, 'A whole number')
      .refine((digits) => digits === '' || (Number(digits) >= 1 && Number(digits) <= MAX_TARGET_DOMAINS), {
        message: `From 1 to ${MAX_TARGET_TEXT}`,
      }),
    start: z.enum(['resume', 'offset']),
    startOffset: z.string(),
    enforceUniqueness: z.boolean(),
  })
  .superRefine((fields, context) => {
    for (const { path, message } of problemsOf(fields))
      context.addIssue({ code: 'custom', path: [...path], message });
  });
export type PatternFields = z.infer<typeof patternFieldsSchema>;

export const PATTERN_DEFAULTS: PatternFields = {
  strategy: 'affix',
  pattern: 'suffix',
  constantPart: '',
  prefixVariableLength: 2,
  suffixVariableLength: 3,
  charSet: 'abcdefghijklmnopqrstuvwxyz',
  tlds: ['com'],
  lists: [{ kind: 'typed', text: '', wordListId: '' }],
  constantPosition: 'before',
  separators: [''],
  seeds: [],
  kinds: [...TYPOSQUAT_KINDS],
  keyboards: [...KEYBOARDS],
  swapTlds: ['com', 'net', 'org'],
  target: '5000',
  start: 'resume',
  startOffset: '0',
  enforceUniqueness: true,
};

/** The complaint about a field of the pattern: the form's own, else the API's. */
export type PatternErrors = (field: string) => string | undefined;

interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

/** What the chosen strategy still lacks. What only the API can tell is not among it. */
function problemsOf(fields: PatternFields): Problem[] {
  const problems: Problem[] = [];
  const need = (isThere: boolean, path: string, message: string): void => {
    if (!isThere) problems.push({ path: path.split('.'), message });
  };
  const isOffset = fields.start === 'resume' || bigCountSchema.safeParse(fields.startOffset.trim()).success;
  need(isOffset, 'startOffset', 'A whole number, from 0');
  if (fields.strategy !== 'typosquat')
    need(fields.constantPart.trim().length <= MAX_LENGTH, 'constantPart', `At most ${MAX_LENGTH} characters`);
  const needLength = (name: 'prefixVariableLength' | 'suffixVariableLength'): void => {
    const length = fields[name];
    const isFine = Number.isInteger(length) && length >= 0 && length <= MAX_LENGTH;
    need(isFine, name, `A whole number, from 0 to ${MAX_LENGTH}`);
  };
  switch (fields.strategy) {
    case 'affix':
      if (fields.pattern !== 'suffix') needLength('prefixVariableLength');
      if (fields.pattern !== 'prefix') needLength('suffixVariableLength');
      need(fields.charSet !== '' && fields.charSet.length <= 256, 'charSet', 'From 1 to 256 characters');
      need(fields.tlds.length > 0, 'tlds', 'At least one TLD');
      break;
    case 'dictionary':
      need(fields.tlds.length > 0, 'tlds', 'At least one TLD');
      need(fields.separators.length > 0, 'separators', 'At least one');
      fields.lists.forEach((list, index) => {
        const at = `lists.${index}`;
        if (list.kind === 'stored') return need(list.wordListId !== '', `${at}.wordListId`, 'Choose a list');
        const count = wordsOf(list.text).length;
        need(count > 0, `${at}.text`, 'At least one word');
        const most = formatCount(MAX_INLINE_WORDS);
        need(count <= MAX_INLINE_WORDS, `${at}.text`, `At most ${most} words here: upload a longer list.`);
      });
      break;
    case 'typosquat':
      need(fields.seeds.length > 0, 'seeds', 'At least one domain');
      need(fields.kinds.length > 0, 'kinds', 'At least one kind');
      need(fields.keyboards.length > 0, 'keyboards', 'At least one keyboard');
  }
  return problems;
}

/** Whether so much is there that the API can be asked what it means. */
export const isPatternWhole = (fields: PatternFields): boolean =>
  patternFieldsSchema.safeParse(fields).success;

/** The pattern that the form describes. Fields that do not belong to its strategy are left out. */
export function patternOf(fields: PatternFields): Pattern {
  const take = {
    targetDomainsToGenerate: fields.target === '' ? null : Number(fields.target),
    startOffset: fields.start === 'resume' ? null : fields.startOffset.trim(),
    resumeFlag: fields.start === 'resume',
    enforceUniqueness: fields.enforceUniqueness,
  };
  const constantPart = fields.constantPart.trim();
  switch (fields.strategy) {
    case 'affix':
      return {
        pattern: fields.pattern,
        constantPart,
        prefixVariableLength: fields.pattern === 'suffix' ? 0 : fields.prefixVariableLength,
        suffixVariableLength: fields.pattern === 'prefix' ? 0 : fields.suffixVariableLength,
        charSet: fields.charSet,
        tlds: fields.tlds,
        ...take,
      };
    case 'dictionary':
      return {
        pattern: 'dictionary',
        lists: fields.lists.map((list) =>
          list.kind === 'stored' ? { wordListId: list.wordListId } : { words: wordsOf(list.text) },
        ),
        constantPart,
        constantPosition: fields.constantPosition,
        separators: fields.separators,
        tlds: fields.tlds,
        ...take,
      };
    case 'typosquat':
      return {
        pattern: 'typosquat',
        seeds: fields.seeds,
        kinds: fields.kinds,
        keyboards: fields.keyboards,
        tlds: fields.swapTlds,
        ...take,
      };
  }
}

/**
 * The field of the form behind a field of the API's pattern: `targetDomainsToGenerate` is `target`, `lists.0.words.3`
 * is `lists.0`. Null where the form has none.
 */
export function formFieldOf(apiField: string, strategy: Strategy): string | null {
  const [name = '', index] = apiField.split('.');
  switch (name) {
    case 'targetDomainsToGenerate':
      return 'target';
    case 'resumeFlag':
      return 'start';
    case 'tlds':
      return strategy === 'typosquat' ? 'swapTlds' : 'tlds';
    case 'lists':
      return index === undefined ? 'lists' : `lists.${index}`;
    default:
      return name in PATTERN_DEFAULTS && name !== 'strategy' ? name : null;
  }
}
