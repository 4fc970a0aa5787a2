import type { Transaction } from '@domainflow/db/client.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { type OrdinalOrder, ordinalsAt, permutationOf } from '@domainflow/domain/shaping/shaping-plan.ts';
import { type SQL, sql } from 'drizzle-orm';
import type { OrdinalRange } from './batch-key.ts';

/** A batch to be: a range of positions, with the domains to work on in it. */
export interface CutPiece extends OrdinalRange {
  readonly items: number;
}

export interface Cut {
  readonly pieces: readonly CutPiece[];
  /** Of all items, those that have a result of an earlier run. */
  readonly again: number;
}

interface RunToCut {
  readonly campaignId: string;
  readonly phase: PhaseName;
  readonly run: number;
  /** Of positions; null: all of them. */
  readonly range: OrdinalRange | null;
  readonly batchSize: number;
}

/** The ordinals to work on among those that a condition on `ordinal` lets through, as a query of (ordinal, again). */
type EligibleAmong = (condition: SQL) => SQL;

/** Domains are counted in so many stretches of positions; batches are made of whole ones. */
const MOST_STRETCHES = 65_536;
/** Ordinals that are read at once: bounds memory, and the time for which the process does nothing else. */
const ORDINALS_READ = 100_000;

/**
 * Cuts a run that takes its domains in a permuted order into ranges of positions. Nothing is sorted or stored: each
 * ordinal to work on is counted where its position lies. Batches have at most `batchSize` domains, but where a stretch
 * alone has more.
 */
export async function cutPermuted(
  tx: Transaction,
  run: RunToCut,
  order: OrdinalOrder,
  eligible: EligibleAmong,
): Promise<Cut> {
  const { lo, hi } = run.range ?? { lo: 0, hi: order.size };
  if (hi <= lo) return { pieces: [], again: 0 };
  if (run.range === null && (await isWhole(tx, run, order)))
    return { pieces: cutEvenly(order, run), again: 0 };
  const stretch = Math.ceil((hi - lo) / MOST_STRETCHES);
  const counts = new Uint32Array(Math.ceil((hi - lo) / stretch));
  const { positionOf } = permutationOf(order);
  let again = 0;
  for (const condition of conditions(order, run.range)) {
    const [row] = await tx.execute<{ ordinals: string; again: string }>(sql`
      SELECT coalesce(string_agg(ordinal::text, ','), '') AS ordinals, count(*) FILTER (WHERE again) AS again
      FROM (${eligible(condition)}) AS e`);
    again += Number(row?.again ?? 0);
    if (row === undefined || row.ordinals === '') continue;
    for (const ordinal of row.ordinals.split(',')) {
      const at = Math.floor((positionOf(Number(ordinal)) - lo) / stretch);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return { pieces: gather(counts, stretch, { lo, hi }, run.batchSize), again };
}

/** Conditions that together let through the ordinals of the range, each once. */
function* conditions(order: OrdinalOrder, range: OrdinalRange | null): Generator<SQL> {
  if (range === null) {
    for (let from = 0; from < order.size; from += ORDINALS_READ)
      yield sql`AND ordinal >= ${from} AND ordinal < ${from + ORDINALS_READ}`;
    return;
  }
  for (let from = range.lo; from < range.hi; from += ORDINALS_READ)
    yield amongPositions(order, { lo: from, hi: Math.min(from + ORDINALS_READ, range.hi) });
}

/** Lets through the ordinals at these positions. */
export const amongPositions = (order: OrdinalOrder, { lo, hi }: OrdinalRange): SQL =>
  sql`AND ordinal = ANY(${sql.param(ordinalsAt(order, lo, hi))}::bigint[])`;

/** Every ordinal is to be worked on: a first run over a list without gaps, the usual case, needs no counting. */
async function isWhole(tx: Transaction, { campaignId, phase, run }: RunToCut, { size }: OrdinalOrder) {
  if (run !== 1 || phaseNamed(phase).requires !== null) return false;
  const [row] = await tx.execute<{ n: string }>(
    sql`SELECT count(*) AS n FROM domains WHERE campaign_id = ${campaignId}`,
  );
  return Number(row?.n) === size;
}

function cutEvenly({ size }: OrdinalOrder, { batchSize }: RunToCut): CutPiece[] {
  return Array.from({ length: Math.ceil(size / batchSize) }, (_, index) => {
    const lo = index * batchSize;
    const hi = Math.min(lo + batchSize, size);
    return { lo, hi, items: hi - lo };
  });
}

/** Puts neighbouring stretches together as long as the batch does not become too large; empty ones are left out. */
function gather(
  counts: Uint32Array,
  stretch: number,
  { lo, hi }: OrdinalRange,
  batchSize: number,
): CutPiece[] {
  const pieces: CutPiece[] = [];
  let open: { lo: number; hi: number; items: number } | null = null;
  for (const [index, items] of counts.entries()) {
    if (items === 0) continue;
    const from = lo + index * stretch;
    const end = Math.min(from + stretch, hi);
    if (open !== null && open.items + items <= batchSize) {
      open.items += items;
      open.hi = end;
    } else {
      open = { lo: from, hi: end, items };
      pieces.push(open);
    }
  }
  return pieces;
}
