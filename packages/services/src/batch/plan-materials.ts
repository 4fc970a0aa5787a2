import type { Database } from '@domainflow/db/client.ts';
import type { GenerationConfig } from '@domainflow/domain/phases/generation/config.ts';
import type { PhasePlan } from '@domainflow/domain/phases/phase.ts';
import { wordListsOf } from '../word-lists/word-list-cache.ts';
import type { ClaimedBatch } from './claim-batch.ts';

/**
 * The batch with what its plan names but does not hold, because it is large and never changes: the words of stored
 * lists. They are read once by a process, not for each batch.
 */
export async function withMaterials(db: Database, batch: ClaimedBatch): Promise<ClaimedBatch> {
  if (batch.phase !== 'generation') return batch;
  const { config } = batch.plan as PhasePlan<GenerationConfig>;
  const wordLists = await wordListsOf(db).load(config.pattern);
  return { ...batch, plan: { ...batch.plan, wordLists } };
}
