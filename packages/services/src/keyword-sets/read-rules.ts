import type { Database, Transaction } from '@domainflow/db/client.ts';
import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import type { KeywordRule } from '@domainflow/domain/keyword/keyword-rule.ts';
import { inArray } from 'drizzle-orm';
import { missingRow } from '../rows/missing-row.ts';

/** The rules of these sets, inactive ones too. `INVALID_INPUT` on `keywordSetIds.N` where one does not exist. */
export async function readRules(db: Database | Transaction, ids: readonly string[]): Promise<KeywordRule[]> {
  if (ids.length === 0) return [];
  const sets = await db
    .select({ id: keywordSets.id, rules: keywordSets.rules })
    .from(keywordSets)
    .where(inArray(keywordSets.id, [...ids]));
  const missing = ids.findIndex((id) => !sets.some((set) => set.id === id));
  const missingId = ids[missing];
  if (missingId !== undefined)
    throw await missingRow(db, 'keyword_set', 'keyword set', missingId, `keywordSetIds.${missing}`);
  return sets.flatMap((set) => set.rules);
}
