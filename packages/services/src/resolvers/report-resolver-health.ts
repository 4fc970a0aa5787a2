import type { RESOLVER_STATES } from '@domainflow/db/schema/resolver-health.ts';
import type { Transport } from '@domainflow/domain/persona/resolver-address.ts';
import type { Sql } from 'postgres';
import { REPORT_EXPIRES_SECONDS } from '../health/merge-reports.ts';

/** How a worker finds one resolver now; counts are the worker's so far. */
export interface ResolverReport {
  readonly transport: Transport;
  readonly resolver: string;
  readonly state: (typeof RESOLVER_STATES)[number];
  readonly problem: string | null;
  readonly queries: number;
  readonly replies: number;
  readonly timeouts: number;
  readonly lost: number;
  readonly ejections: number;
  readonly rcodes: Readonly<Record<string, number>>;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/**
 * Replaces what the worker has reported before: resolvers that it does not name any more go, and so do the reports of
 * workers that are gone. By the database's clock.
 */
export async function reportResolverHealth(
  sql: Sql,
  workerId: string,
  reports: readonly ResolverReport[],
): Promise<void> {
  await sql`
    DELETE FROM resolver_health
    WHERE reported_at < clock_timestamp() - make_interval(secs => ${REPORT_EXPIRES_SECONDS})
      OR (worker_id = ${workerId} AND (transport, resolver) NOT IN (
        SELECT * FROM unnest(${reports.map((one) => one.transport)}::text[], ${reports.map((one) => one.resolver)}::text[])))`;
  if (reports.length === 0) return;
  await sql`
    INSERT INTO resolver_health AS before (worker_id, transport, resolver, state, since, problem, queries, replies,
      timeouts, lost, ejections, rcodes, p50_ms, p95_ms, reported_at)
    SELECT ${workerId}, r.transport, r.resolver, r.state, clock_timestamp(), r.problem, r.queries, r.replies, r.timeouts,
      r.lost, r.ejections, r.rcodes, r."p50Ms", r."p95Ms", clock_timestamp()
    FROM jsonb_to_recordset(${JSON.stringify(reports)}::text::jsonb) AS r (transport text, resolver text, state text,
      problem text, queries bigint, replies bigint, timeouts bigint, lost bigint, ejections int, rcodes jsonb,
      "p50Ms" real, "p95Ms" real)
    ON CONFLICT (worker_id, transport, resolver) DO UPDATE SET
      state = EXCLUDED.state,
      since = CASE WHEN before.state = EXCLUDED.state THEN before.since ELSE EXCLUDED.since END,
      problem = EXCLUDED.problem, queries = EXCLUDED.queries, replies = EXCLUDED.replies,
      timeouts = EXCLUDED.timeouts, lost = EXCLUDED.lost, ejections = EXCLUDED.ejections, rcodes = EXCLUDED.rcodes,
      p50_ms = EXCLUDED.p50_ms, p95_ms = EXCLUDED.p95_ms, reported_at = EXCLUDED.reported_at,
      queries_per_second = greatest(0, EXCLUDED.queries - before.queries)
        / greatest(0.001, extract(epoch FROM EXCLUDED.reported_at - before.reported_at))`;
}

/** Takes the worker's reports back when it stops. */
export async function withdrawResolverHealth(sql: Sql, workerId: string): Promise<void> {
  await sql`DELETE FROM resolver_health WHERE worker_id = ${workerId}`;
}
