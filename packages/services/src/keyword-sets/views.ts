import type { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { keywordRuleSchema } from '@domainflow/domain/keyword/keyword-rule.ts';
import { z } from 'zod';

export const keywordSetSummarySchema = z.object({
  keywordSetId: z.string(),
  name: z.string(),
  description: z.string(),
  /** Number of rules, and of those that are active. */
  ruleCount: z.int(),
  activeRuleCount: z.int(),
  version: z.int(),
  /** Null: the platform's own, which administrators may change. */
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const keywordSetViewSchema = keywordSetSummarySchema.extend({ rules: z.array(keywordRuleSchema) });

type Row = typeof keywordSets.$inferSelect;

export const keywordSetSummaryOf = (
  row: Omit<Row, 'rules'> & { ruleCount: number; activeRuleCount: number },
): z.input<typeof keywordSetSummarySchema> => ({
  keywordSetId: row.id,
  name: row.name,
  description: row.description,
  ruleCount: row.ruleCount,
  activeRuleCount: row.activeRuleCount,
  version: row.version,
  createdBy: row.createdBy,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

export const keywordSetViewOf = (row: Row): z.input<typeof keywordSetViewSchema> => ({
  ...keywordSetSummaryOf({
    ...row,
    ruleCount: row.rules.length,
    activeRuleCount: row.rules.filter((rule) => rule.active).length,
  }),
  rules: row.rules,
});
