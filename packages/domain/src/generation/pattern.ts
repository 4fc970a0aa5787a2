import { z } from 'zod';
import { KEYBOARDS, TYPOSQUAT_KINDS } from './typosquat/kinds.ts';

/** A decimal string of a non-negative integer of any size: how offsets and sizes cross the API. */
export const bigCountSchema = z.string().regex(/^(0|[1-9][0-9]{0,77})$/, 'A whole number in decimal digits');

/** The most names that one campaign generates. */
export const MAX_TARGET_DOMAINS = 100_000_000;
/** The most words of a list that comes with the pattern; longer ones are stored first. */
export const MAX_INLINE_WORDS = 10_000;
/** The most words of a stored list. */
export const MAX_STORED_WORDS = 1_000_000;

const tldsSchema = z.array(z.string().trim().min(1).max(253)).max(1_000);
const someTldsSchema = tldsSchema.min(1, 'At least one TLD');
const constantPartSchema = z.string().trim().max(63).default('');

/** What a campaign takes of the space, whatever the strategy. */
const takeFields = {
  /** How many offsets this campaign takes; null takes all that are left. */
  targetDomainsToGenerate: z.int().min(1).max(MAX_TARGET_DOMAINS).nullable().default(null),
  /** Where in the space it starts, also where campaigns have been before; null does not say. */
  startOffset: bigCountSchema.nullable().default(null),
  /**
   * Goes on where earlier campaigns of the same canonical pattern stopped, in place of `startOffset`. Null is true where
   * no `startOffset` is given: names are generated twice only by those who ask for it.
   */
  resumeFlag: z.boolean().nullable().default(null),
  /** Offsets that give the name of a lower offset are skipped and counted as `DUPLICATE`. */
  enforceUniqueness: z.boolean().default(true),
};

/** Variable characters before and/or after a constant part, under each TLD. */
const affixPatternSchema = z.object({
  pattern: z.enum(['prefix', 'suffix', 'both']),
  constantPart: constantPartSchema,
  prefixVariableLength: z.int().min(0).max(63).default(0),
  suffixVariableLength: z.int().min(0).max(63).default(0),
  charSet: z.string().min(1, 'At least one character').max(256),
  tlds: someTldsSchema,
  ...takeFields,
});
export type AffixPattern = z.infer<typeof affixPatternSchema>;

/** Words that come with the pattern, or the id of a stored list. */
const wordSourceSchema = z.union(
  [
    z.strictObject({
      words: z.array(z.string().max(1_024)).min(1, 'At least one word').max(MAX_INLINE_WORDS),
    }),
    z.strictObject({ wordListId: z.uuid().toLowerCase() }),
  ],
  'Give the words, or the id of a stored list',
);

/** Where the constant part stands among the words; `either` gives both `before` and `after`. */
export const CONSTANT_POSITIONS = ['before', 'after', 'between', 'either'] as const;
export type ConstantPosition = (typeof CONSTANT_POSITIONS)[number];

/**
 * One word of each list, in the order of the lists, with the constant part before them, after them, or after the first;
 * between any two neighbours stands the same separator.
 */
const dictionaryPatternSchema = z.object({
  pattern: z.literal('dictionary'),
  lists: z.array(wordSourceSchema).min(1, 'At least one list of words').max(6),
  constantPart: constantPartSchema,
  /** Without a constant part it means nothing. */
  constantPosition: z.enum(CONSTANT_POSITIONS).default('before'),
  separators: z
    .array(z.string().max(16))
    .min(1, 'At least one separator, which may be empty')
    .max(16)
    .default(['']),
  tlds: someTldsSchema,
  ...takeFields,
});
export type DictionaryPattern = z.infer<typeof dictionaryPatternSchema>;

/** Names that are mistaken for a seed, kind by kind. */
const typosquatPatternSchema = z.object({
  pattern: z.literal('typosquat'),
  /** Registrable domains (`example.com`); of a host below one the registrable domain is taken. */
  seeds: z.array(z.string().trim().min(1).max(1_024)).min(1, 'At least one domain').max(50),
  kinds: z
    .array(z.enum(TYPOSQUAT_KINDS))
    .min(1, 'At least one kind')
    .default([...TYPOSQUAT_KINDS]),
  /** Layouts for the kinds that depend on what lies next to a key. */
  keyboards: z
    .array(z.enum(KEYBOARDS))
    .min(1, 'At least one keyboard')
    .default([...KEYBOARDS]),
  /** What `tld_swap` puts in place of the seed's suffix; without any that kind gives nothing. */
  tlds: tldsSchema.default([]),
  ...takeFields,
});
export type TyposquatPattern = z.infer<typeof typosquatPatternSchema>;

/**
 * A space of names and what a campaign takes of it. Field names are the API's. What each strategy means, and its order,
 * is in SPEC.md; `compilePattern` checks what a schema cannot.
 */
export const patternSchema = z.discriminatedUnion('pattern', [
  affixPatternSchema,
  dictionaryPatternSchema,
  typosquatPatternSchema,
]);
export type Pattern = z.infer<typeof patternSchema>;

/** The stored lists that a pattern names, each once. */
export function wordListIdsOf(pattern: Pattern): string[] {
  if (pattern.pattern !== 'dictionary') return [];
  return [...new Set(pattern.lists.flatMap((list) => ('wordListId' in list ? [list.wordListId] : [])))];
}
