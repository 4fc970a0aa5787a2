import type { Transaction } from '@domainflow/db/client.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { sql } from 'drizzle-orm';
import type { OrdinalRange } from './batch-key.ts';

/**
 * Closes the batches that earlier runs of the phase left open when it failed, so that its new run, which plans their
 * domains again, does not wait for them; who still holds one has lost it. Gives their ranges.
 */
export async function giveUpBatches(
  tx: Transaction,
  {
    campaignId,
    phase,
    run,
  }: { readonly campaignId: string; readonly phase: PhaseName; readonly run: number },
): Promise<OrdinalRange[]> {
  const rows = await tx.execute<{ lo: string; hi: string }>(sql`
    UPDATE batches
    SET status = 'split', token = token + 1, leased_by = NULL, lease_until = NULL, finished_at = clock_timestamp()
    WHERE campaign_id = ${campaignId} AND phase = ${phase} AND run < ${run} AND status IN ('pending', 'leased')
    RETURNING lo, hi`);
  return rows.map(({ lo, hi }) => ({ lo: Number(lo), hi: Number(hi) })).sort((a, b) => a.lo - b.lo);
}
