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

/** How many rows `from` (a FROM clause with its conditions) gives: exactly up to 10,000, about beyond. */
export async function countLeads(db: Database, from: SQL): Promise<LeadCount> {
  const [counted] = await db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM (SELECT FROM ${from} LIMIT ${COUNTED + 1}) AS matching`,
  );
  const n = counted?.n ?? 0;
  if (n <= COUNTED) return { total: n, totalExact: true };
  const [explained] = await db.execute<Plan & Record<string, unknown>>(
    sql`EXPLAIN (FORMAT JSON) SELECT FROM ${from}`,
  );
  const estimate = explained?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
  return { total: Math.max(n, Math.round(estimate)), totalExact: false };
}
