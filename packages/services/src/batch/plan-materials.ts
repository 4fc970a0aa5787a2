import type { Database } from '@domainflow/db/client.ts';
import { DIRECT } from '@domainflow/domain/http/proxy-pool.ts';
import type { GenerationConfig } from '@domainflow/domain/phases/generation/config.ts';
import type { HttpConfig } from '@domainflow/domain/phases/http/config.ts';
import type { PhasePlan } from '@domainflow/domain/phases/phase.ts';
import { loadPool } from '../proxy-pools/load-pool.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { fingerprintsWith } from '../technologies/technology-sets.ts';
import { wordListsOf } from '../word-lists/word-list-cache.ts';
import type { ClaimedBatch } from './claim-batch.ts';

/**
 * The batch with what its plan names but does not hold, because it is large and never changes: the words of stored
 * lists, imported fingerprints. They are read once by a process, not for each batch. A pool of proxies is read each time:
 * it may change, and its credentials stand in the clear here alone.
 */
export async function withMaterials(
  db: Database,
  secrets: Pick<SecretBox, 'open'>,
  batch: ClaimedBatch,
): Promise<ClaimedBatch> {
  if (batch.phase === 'analysis') {
    const technologies = await fingerprintsWith(db, batch.plan.technologyImportIds ?? []);
    return { ...batch, plan: { ...batch.plan, technologies } };
  }
  if (batch.phase === 'http') {
    const { config } = batch.plan as PhasePlan<HttpConfig>;
    // A plan of before proxies has no assignment.
    const proxyPool = await loadPool(db, secrets, config.proxyAssignmentId ?? DIRECT);
    return { ...batch, plan: { ...batch.plan, proxyPool } };
  }
  if (batch.phase !== 'generation') return batch;
  const { config } = batch.plan as PhasePlan<GenerationConfig>;
  const wordLists = await wordListsOf(db).load(config.pattern);
  return { ...batch, plan: { ...batch.plan, wordLists } };
}
