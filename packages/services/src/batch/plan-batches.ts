import type { Transaction } from '@domainflow/db/client.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import type { OrdinalOrder } from '@domainflow/domain/shaping/shaping-plan.ts';
import { type SQL, sql } from 'drizzle-orm';
import type { JobQueue } from '../queue/job-queue.ts';
import type { OrdinalRange } from './batch-key.ts';
import { amongPositions, cutPermuted } from './cut-permuted.ts';

export interface RunToPlan {
  readonly campaignId: string;
  readonly phase: PhaseName;
  readonly run: number;
  /** Verdicts of earlier runs to work on again besides what has no result; null for none. */
  readonly retryVerdicts: readonly string[] | null;
  /** Where the work lies; null for the whole campaign. Generation, which makes the ordinals, must say. */
  readonly range: OrdinalRange | null;
  /** Absent or null: domains are worked on in the order of ordinals, and ranges are of them. Otherwise of positions. */
  readonly order?: OrdinalOrder | null;
  readonly batchSize: number;
  /** Silent ends that the new batches start with. */
  readonly crashes: number;
}

export interface PlannedRun {
  readonly batches: number;
  readonly items: number;
  /** Of the items, those that have a result of an earlier run. */
  readonly again: number;
}

/** The ordinals that the run works on, as a query of (ordinal, again). */
export function eligible(
  run: Pick<RunToPlan, 'campaignId' | 'phase' | 'run' | 'retryVerdicts' | 'range' | 'order'>,
): SQL {
  const { range, order = null } = run;
  if (range === null) return eligibleAmong(run, null);
  if (order !== null) return eligibleAmong(run, amongPositions(order, range));
  return eligibleAmong(run, sql`AND ordinal >= ${range.lo} AND ordinal < ${range.hi}`);
}

/** Those of them that a condition on `ordinal` lets through; null for all. */
function eligibleAmong(
  run: Pick<RunToPlan, 'campaignId' | 'phase' | 'run' | 'retryVerdicts'>,
  condition: SQL | null,
): SQL {
  const { campaignId, phase } = run;
  const inRange = condition ?? sql``;
  const held = sql`SELECT ordinal FROM results WHERE campaign_id = ${campaignId} AND phase = ${phase} ${inRange}`;
  const entering = entrants(campaignId, phaseNamed(phase).requires, inRange);
  // The first run of a phase begins without results. EXCEPT and not a join: without statistics of a new campaign the
  // planner expects one row, and would look through all results of the phase for each domain.
  const isFresh = run.run === 1 && condition === null;
  const fresh = sql`SELECT ordinal, false AS again FROM (${entering} ${isFresh ? sql`` : sql`EXCEPT ${held}`}) AS new`;
  if (run.retryVerdicts === null) return fresh;
  return sql`
    SELECT ordinal, true AS again FROM (
      ${held} AND run < ${run.run} AND verdict = ANY(${sql.param(run.retryVerdicts)}::text[])) AS old
    UNION ALL ${fresh}`;
}

/** The ordinals that a phase works on: what the phase it requires found OK, or all where the campaign has no such phase. */
function entrants(campaignId: string, required: PhaseName | null, inRange: SQL): SQL {
  const every = sql`SELECT ordinal FROM domains WHERE campaign_id = ${campaignId} ${inRange}`;
  if (required === null) return every;
  return sql`(
    SELECT ordinal FROM results
    WHERE campaign_id = ${campaignId} AND phase = ${required} AND verdict = 'OK' ${inRange}
    UNION ALL
    SELECT * FROM (${every}) AS every WHERE NOT EXISTS (
      SELECT FROM phase_runs p WHERE p.campaign_id = ${campaignId} AND p.phase = ${required}))`;
}

/** The batches of a run as a query of (n, lo, hi, items, again). */
async function cut(tx: Transaction, run: RunToPlan): Promise<SQL> {
  const { order = null } = run;
  if (order !== null) {
    const { pieces, again } = await cutPermuted(tx, run, order, (condition) => eligibleAmong(run, condition));
    return sql`
      SELECT row_number() OVER (ORDER BY lo) - 1 AS n, lo, hi, items,
        CASE WHEN row_number() OVER (ORDER BY lo) = 1 THEN ${again}::bigint ELSE 0 END AS again
      FROM unnest(
        ${sql.param(pieces.map(({ lo }) => lo))}::bigint[], ${sql.param(pieces.map(({ hi }) => hi))}::bigint[],
        ${sql.param(pieces.map(({ items }) => items))}::bigint[]) AS piece (lo, hi, items)`;
  }
  const size = sql`${run.batchSize}::bigint`;
  if (run.phase === 'generation') {
    if (run.range === null) throw new Error('Generation is planned over a range');
    const hi = sql`${run.range.hi}::bigint`;
    return sql`
      SELECT row_number() OVER (ORDER BY lo) - 1 AS n, lo, least(lo + ${size}, ${hi}) AS hi,
        least(${size}, ${hi} - lo) AS items, 0::bigint AS again
      FROM generate_series(${run.range.lo}::bigint, ${hi} - 1, ${size}) AS lo`;
  }
  return sql`
    SELECT n, min(ordinal) AS lo, max(ordinal) + 1 AS hi, count(*) AS items, count(*) FILTER (WHERE again) AS again
    FROM (
      SELECT ordinal, again, (row_number() OVER (ORDER BY ordinal) - 1) / ${size} AS n FROM (${eligible(run)}) AS e
    ) AS numbered
    GROUP BY n`;
}

/** Writes the ledger of a run and queues a job for each batch; both exist when the transaction commits. */
export async function planBatches(tx: Transaction, queue: JobQueue, run: RunToPlan): Promise<PlannedRun> {
  const rows = await tx.execute<{ batch_no: number; items: number; again: string }>(sql`
    WITH cut AS MATERIALIZED (${await cut(tx, run)}),
    last AS (
      SELECT coalesce(max(batch_no), -1) AS batch_no FROM batches
      WHERE campaign_id = ${run.campaignId} AND phase = ${run.phase}),
    planned AS (
      INSERT INTO batches (campaign_id, phase, batch_no, run, lo, hi, items, crashes)
      SELECT ${run.campaignId}, ${run.phase}, last.batch_no + 1 + cut.n, ${run.run}, cut.lo, cut.hi, cut.items,
        ${run.crashes}
      FROM cut, last
      RETURNING batch_no, items, lo)
    SELECT planned.batch_no, planned.items, cut.again FROM planned JOIN cut ON cut.lo = planned.lo ORDER BY batch_no`);
  await queue.enqueue(
    tx,
    rows.map((row) => ({ campaignId: run.campaignId, phase: run.phase, batchNo: row.batch_no })),
  );
  return {
    batches: rows.length,
    items: rows.reduce((sum, row) => sum + row.items, 0),
    again: rows.reduce((sum, row) => sum + Number(row.again), 0),
  };
}
