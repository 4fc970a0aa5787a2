import { z } from 'zod';

/** Parts of a page in which rules look. */
export const KEYWORD_PLACES = ['title', 'heading', 'meta', 'text', 'url', 'links'] as const;
export type KeywordPlace = (typeof KEYWORD_PLACES)[number];

/** One rule of a keyword set. Regular expressions are those of RE2, run in linear time. */
export const keywordRuleSchema = z.object({
  pattern: z
    .string()
    .trim()
    .min(1, 'A rule needs a word or an expression')
    .max(256, 'At most 256 characters'),
  kind: z.enum(['literal', 'regex']).default('literal'),
  caseSensitive: z.boolean().default(false),
  wholeWord: z.boolean().default(true),
  weight: z.number().min(-100).max(100).default(10),
  category: z.string().trim().max(64).default(''),
  /** Where the rule looks; all places where it is left out. */
  where: z
    .array(z.enum(KEYWORD_PLACES))
    .min(1)
    .max(KEYWORD_PLACES.length)
    .refine((places) => new Set(places).size === places.length, 'Each place once')
    .optional(),
  active: z.boolean().default(true),
});
export type KeywordRule = z.infer<typeof keywordRuleSchema>;
