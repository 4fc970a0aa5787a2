import type { Database } from '@domainflow/db/client.ts';
import { type SQL, sql } from 'drizzle-orm';

/** Counted exactly up to here: beyond, the planner's estimate must do. */
export const COUNTED = 10_000;

export interface LeadCount {
  readonly total: number;
  /** False where it is the planner's estimate. */
  readonly totalExact: boolean;
}

interface Plan {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

/** How many rows `from` (a FROM clause with its conditions) gives: exactly up to `exactUpTo`, about beyond. */
export async function countLeads(db: Database, from: SQL, exactUpTo = COUNTED): Promise<LeadCount> {
  const [counted] = await db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM (SELECT FROM ${from} LIMIT ${exactUpTo + 1}) AS matching`,
  );
  const n = counted?.n ?? 0;
  if (n <= exactUpTo) return { total: n, totalExact: true };
  return { total: Math.max(n, await estimateLeads(db, from)), totalExact: false };
}

/** How many rows the planner expects of `from`. */
export async function estimateLeads(db: Database, from: SQL): Promise<number> {
  const [explained] = await db.execute<Plan & Record<string, unknown>>(
    sql`EXPLAIN (FORMAT JSON) SELECT FROM ${from}`,
  );
  return Math.round(explained?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0);
}
