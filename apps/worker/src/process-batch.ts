import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { PhaseChunk, PhaseItems, PhasePorts } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import type { ClaimedBatch } from '@domainflow/services/batch/claim-batch.ts';
import { commitChunk } from '@domainflow/services/batch/commit-chunk.ts';
import { loadItems, UnreadError } from '@domainflow/services/batch/load-items.ts';
import { readItems } from '@domainflow/services/batch/read-items.ts';
import { ResultRows } from '@domainflow/services/batch/result-rows.ts';
import type { Sql } from 'postgres';
import type { ShapedBatches } from './shaped-batches.ts';
import { SuppressionWatch } from './suppression-watch.ts';

/** The phase's own code threw: the same would happen again, here or elsewhere. */
export class PhaseFault extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'PhaseFault';
  }
}

const sizeOf = (chunk: PhaseChunk): number =>
  (chunk.held?.length ?? 0) +
  (chunk.domains?.length ?? 0) +
  Object.values(chunk.skipped ?? {}).reduce((sum, n) => sum + n, 0);

export interface BatchWork {
  readonly sql: Sql;
  readonly ports: PhasePorts;
  readonly shaped: ShapedBatches;
  readonly batch: ClaimedBatch;
  readonly signal: AbortSignal;
  /** Called after each commit that announced progress. */
  readonly onAnnounced: () => void;
  /** Called when the batch has been read; what it resolves to is called once no item of it is left to begin. */
  readonly takeTurn: () => Promise<() => void>;
}

/**
 * Works through a claimed batch and commits each chunk as it comes. True when the batch is done, false when `signal`
 * or the beginning of quiet hours stopped it; what was committed is kept then. Throws `DomainFlowError` where the phase
 * cannot work as configured, `PhaseFault` where its code failed, `LeaseLostError`, and the database's errors.
 */
export async function processBatch({
  sql,
  ports,
  shaped,
  batch,
  signal,
  onAnnounced,
  takeTurn,
}: BatchWork): Promise<boolean> {
  const items: PhaseItems = batch.phase === 'generation' ? [] : await readItems(sql, batch);
  let left = batch.phase === 'generation' ? batch.hi - batch.lo : items.length;
  if (left === 0) {
    await commitChunk(sql, batch, {}, true);
    return true;
  }
  const { plan, lo, hi } = batch;
  const onDrained = await takeTurn();
  const traffic = shaped.begin(batch, items, signal, onDrained);
  const until = traffic?.signal ?? signal;
  const sink = new ResultRows(batch);
  // The other phases ask no site, or are through with a batch in seconds.
  const watch = batch.phase === 'http' ? new SuppressionWatch(sql, items) : null;
  try {
    const chunks = phaseNamed(batch.phase).run(
      {
        ...{ plan, lo, hi, items, loaded: loadItems(sql, batch, items), sink, signal: until },
        onDrained: traffic?.onDrained ?? onDrained,
        ...(watch === null ? {} : { suppressed: watch.ordinals }),
      },
      traffic?.ports ?? ports,
    );
    for (;;) {
      const next = await nextChunk(chunks);
      if (next.done === true) break;
      left -= sizeOf(next.value);
      const chunk = withTraffic(next.value, traffic?.takeMetrics(left === 0));
      const { announced } = await commitChunk(sql, batch, chunk, left === 0);
      if (chunk.held !== undefined) sink.release(chunk.held);
      if (announced) onAnnounced();
    }
  } finally {
    traffic?.end();
    await watch?.stop();
  }
  if (left === 0) return true;
  if (until.aborted) return false;
  throw new PhaseFault(new Error(`${batch.phase} left ${left} domains of a batch without a result`));
}

/** The chunk with what was measured of the traffic until now. */
const withTraffic = (chunk: PhaseChunk, traffic: Record<string, number> | undefined): PhaseChunk =>
  traffic === undefined ? chunk : { ...chunk, metrics: { ...chunk.metrics, ...traffic } };

/** Tells faults of the phase from those of what it reads, and of the commits between its chunks. */
async function nextChunk(chunks: AsyncGenerator<PhaseChunk>): Promise<IteratorResult<PhaseChunk, unknown>> {
  try {
    return await chunks.next();
  } catch (error) {
    const isOurs = error instanceof DomainFlowError || error instanceof UnreadError;
    throw isOurs ? error : new PhaseFault(error);
  }
}
