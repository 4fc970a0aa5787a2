import type { PhaseChunk } from '@domainflow/domain/phases/phase.ts';
import type { Sql, TransactionSql } from 'postgres';
import { LEASE_SECONDS } from './batch-key.ts';
import type { ClaimedBatch } from './claim-batch.ts';
import { copyRows } from './copy-rows.ts';

/** Progress of a campaign is announced at most this often. */
const PROGRESS_INTERVAL = '300 milliseconds';

/** Somebody else has the batch now: what was found is theirs to find again. */
export class LeaseLostError extends Error {
  constructor(batch: ClaimedBatch) {
    super(
      `Batch ${batch.campaignId}/${batch.phase}/${batch.batchNo} is no longer held under token ${batch.token}`,
    );
    this.name = 'LeaseLostError';
  }
}

/** Number of results by verdict that the chunk adds. */
function countsOf(chunk: PhaseChunk): Record<string, number> {
  const counts: Record<string, number> = { ...chunk.skipped, ...chunk.held?.counts };
  if (chunk.domains !== undefined && chunk.domains.length > 0) counts['GENERATED'] = chunk.domains.length;
  return counts;
}

/** Takes away the rows that a retry replaces; gives their number by verdict, negative. */
async function removeReplaced(
  tx: TransactionSql,
  batch: ClaimedBatch,
  ordinals: readonly number[],
): Promise<Record<string, number>> {
  const removed = await tx<{ verdict: string; n: number }[]>`
    WITH old AS (
      DELETE FROM results WHERE campaign_id = ${batch.campaignId} AND phase = ${batch.phase}
        AND ordinal = ANY(${ordinals}::bigint[])
      RETURNING verdict)
    SELECT verdict, count(*)::int AS n FROM old GROUP BY verdict`;
  return Object.fromEntries(removed.map((row) => [row.verdict, -row.n]));
}

function* domainRows({ campaignId }: ClaimedBatch, { domains = [] }: PhaseChunk): Iterable<string> {
  for (const { ordinal, name } of domains) yield `${campaignId}\t${ordinal}\t${name}\n`;
}

async function writeChunk(tx: TransactionSql, batch: ClaimedBatch, chunk: PhaseChunk): Promise<void> {
  await copyRows(tx, 'domains (campaign_id, ordinal, name)', domainRows(batch, chunk));
  for (const [table, pieces] of chunk.held?.rows ?? []) await copyRows(tx, table, pieces);
}

/**
 * Two statements on purpose: the second one's snapshot is taken when this transaction already holds the stream, so that
 * it counts all that was announced before it.
 */
async function announceProgress(
  tx: TransactionSql,
  { campaignId, phase, ownerId }: ClaimedBatch,
): Promise<boolean> {
  const [row] = await tx<{ due: boolean }[]>`SELECT progress_due(${campaignId}, ${PROGRESS_INTERVAL}) AS due`;
  if (row?.due !== true) return false;
  await tx`
    SELECT append_event(${campaignId}, ${ownerId}, 'campaign_progress', jsonb_build_object(
      'campaignId', ${campaignId}::text, 'phases', jsonb_build_array(phase_progress(${campaignId}, ${phase}))))`;
  return true;
}

export interface CommitOutcome {
  /** Announced on the campaign's stream: the doorbell may be rung. */
  readonly announced: boolean;
}

/**
 * Commits a chunk under the batch's token: results, counts, with `last` the end of the batch, and the progress event,
 * in one transaction, with its figures added to the ledger. Throws `LeaseLostError`, with nothing written, when the token is no longer the current one.
 */
export async function commitChunk(
  sql: Sql,
  batch: ClaimedBatch,
  chunk: PhaseChunk,
  last: boolean,
): Promise<CommitOutcome> {
  const counts = countsOf(chunk);
  const processed = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const metrics =
    chunk.metrics === undefined || Object.keys(chunk.metrics).length === 0 ? null : chunk.metrics;
  return sql.begin(async (tx) => {
    const held = await tx`
      UPDATE batches SET
        processed = processed + ${processed}, counts = add_counts(counts, ${tx.json(counts)}),
        metrics = ${metrics === null ? tx`metrics` : tx`add_counts(metrics, ${tx.json(metrics)})`},
        status = ${last ? 'done' : 'leased'},
        finished_at = ${last ? tx`clock_timestamp()` : null},
        lease_until = ${last ? null : tx`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`}
      WHERE campaign_id = ${batch.campaignId} AND phase = ${batch.phase} AND batch_no = ${batch.batchNo}
        AND token = ${batch.token} AND status = 'leased'`;
    if (held.count === 0) throw new LeaseLostError(batch);

    if (batch.retryVerdicts !== null && processed > 0) {
      const replaced = await removeReplaced(tx, batch, chunk.held?.ordinals ?? []);
      await tx`
        UPDATE batches SET counts = add_counts(counts, ${tx.json(replaced)})
        WHERE campaign_id = ${batch.campaignId} AND phase = ${batch.phase} AND batch_no = ${batch.batchNo}`;
    }
    await writeChunk(tx, batch, chunk);

    return { announced: await announceProgress(tx, batch) };
  });
}
