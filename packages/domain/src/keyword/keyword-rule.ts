import { z } from 'zod';

/** One rule of a keyword set. Regular expressions run in a linear-time engine only (re2js). */
export const keywordRuleSchema = z.object({
  pattern: z.string().trim().min(1).max(256),
  kind: z.enum(['literal', 'regex']).default('literal'),
  caseSensitive: z.boolean().default(false),
  wholeWord: z.boolean().default(true),
  weight: z.number().min(-100).max(100).default(10),
  category: z.string().trim().max(64).default(''),
  active: z.boolean().default(true),
});
export type KeywordRule = z.infer<typeof keywordRuleSchema>;
