import type { Database } from '@domainflow/db/client.ts';
import { type SQL, sql } from 'drizzle-orm';

/** Counted exactly up to here unless told otherwise: beyond, the planner's estimate must do. */
export const COUNTED_EXACTLY = 10_000;

export interface RowCount {
  readonly total: number;
  /** False where it is the planner's estimate. */
  readonly totalExact: boolean;
}

interface Plan {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

/** How many rows `from` (a FROM clause with its conditions) gives; one more than `limit` stands for more. */
export async function countUpTo(db: Database, from: SQL, limit: number): Promise<number> {
  const [counted] = await db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM (SELECT FROM ${from} LIMIT ${limit + 1}) AS matching`,
  );
  return counted?.n ?? 0;
}

/** How many rows `from` gives: exactly up to `exactUpTo`, about beyond. */
export async function countRows(db: Database, from: SQL, exactUpTo = COUNTED_EXACTLY): Promise<RowCount> {
  const n = await countUpTo(db, from, exactUpTo);
  if (n <= exactUpTo) return { total: n, totalExact: true };
  return { total: Math.max(n, await estimateRows(db, from)), totalExact: false };
}

/** How many rows the planner expects of `from`. */
export async function estimateRows(db: Database, from: SQL): Promise<number> {
  const [explained] = await db.execute<Plan & Record<string, unknown>>(
    sql`EXPLAIN (FORMAT JSON) SELECT FROM ${from}`,
  );
  return Math.round(explained?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0);
}
