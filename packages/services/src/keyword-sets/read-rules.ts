import type { Database, Transaction } from '@domainflow/db/client.ts';
import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import type { KeywordRule } from '@domainflow/domain/keyword/keyword-rule.ts';
import { inArray } from 'drizzle-orm';

/** The rules of these sets, inactive ones too. `INVALID_INPUT` on `keywordSetIds.N` where one does not exist. */
export async function readRules(db: Database | Transaction, ids: readonly string[]): Promise<KeywordRule[]> {
  if (ids.length === 0) return [];
  const sets = await db
    .select({ id: keywordSets.id, rules: keywordSets.rules })
    .from(keywordSets)
    .where(inArray(keywordSets.id, [...ids]));
  const missing = ids.findIndex((id) => !sets.some((set) => set.id === id));
  if (missing >= 0) throw invalidInput(`No keyword set with id ${ids[missing]}.`, `keywordSetIds.${missing}`);
  return sets.flatMap((set) => set.rules);
}
