import { keywordRuleSchema } from '@domainflow/domain/keyword/keyword-rule.ts';
import { z } from 'zod';

/** What the editor of a keyword set holds. */
export const keywordSetSchema = z.object({
  name: z.string().trim().min(1, 'A name is needed').max(100),
  description: z.string().trim().max(2_000),
  rules: z.array(keywordRuleSchema).min(1, 'At least one rule').max(2_000),
});
export type KeywordSetInput = z.input<typeof keywordSetSchema>;
export type KeywordSetOutput = z.output<typeof keywordSetSchema>;
