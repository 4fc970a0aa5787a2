import type { ProxyFailureKind, ProxyHealth } from '@domainflow/domain/http/proxy-pool.ts';
import type { Sql } from 'postgres';
import { REPORT_EXPIRES_SECONDS } from '../health/merge-reports.ts';

/** How a worker finds one proxy now; counts are the worker's so far. */
export interface ProxyReport {
  readonly proxyId: string;
  readonly state: ProxyHealth['state'];
  readonly problem: string | null;
  readonly connections: number;
  readonly requests: number;
  readonly failures: number;
  readonly failuresByKind: Readonly<Partial<Record<ProxyFailureKind, number>>>;
  readonly ejections: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** How long no pool with it has been used. */
  readonly idleMs: number;
}

/**
 * Replaces what the worker has reported before: proxies that it does not name any more go, and so do the reports of
 * workers that are gone. By the database's clock.
 */
export async function reportProxyHealth(
  sql: Sql,
  workerId: string,
  reports: readonly ProxyReport[],
): Promise<void> {
  await sql`
    DELETE FROM proxy_health
    WHERE reported_at < clock_timestamp() - make_interval(secs => ${REPORT_EXPIRES_SECONDS})
      OR (worker_id = ${workerId} AND proxy_id <> ALL (${reports.map((one) => one.proxyId)}::uuid[]))`;
  if (reports.length === 0) return;
  await sql`
    INSERT INTO proxy_health AS before (worker_id, proxy_id, state, since, problem, connections, requests, failures,
      failures_by_kind, ejections, p50_ms, p95_ms, used_at, reported_at)
    SELECT ${workerId}, r."proxyId", r.state, clock_timestamp(), r.problem, r.connections, r.requests, r.failures,
      r."failuresByKind", r.ejections, r."p50Ms", r."p95Ms",
      clock_timestamp() - make_interval(secs => r."idleMs" / 1000), clock_timestamp()
    FROM jsonb_to_recordset(${JSON.stringify(reports)}::text::jsonb) AS r ("proxyId" uuid, state text, problem text,
      connections int, requests bigint, failures bigint, "failuresByKind" jsonb, ejections int, "p50Ms" real,
      "p95Ms" real, "idleMs" double precision)
    ON CONFLICT (worker_id, proxy_id) DO UPDATE SET
      state = EXCLUDED.state,
      since = CASE WHEN before.state = EXCLUDED.state THEN before.since ELSE EXCLUDED.since END,
      problem = EXCLUDED.problem, connections = EXCLUDED.connections, requests = EXCLUDED.requests,
      failures = EXCLUDED.failures, failures_by_kind = EXCLUDED.failures_by_kind, ejections = EXCLUDED.ejections,
      p50_ms = EXCLUDED.p50_ms, p95_ms = EXCLUDED.p95_ms, used_at = EXCLUDED.used_at,
      reported_at = EXCLUDED.reported_at,
      requests_per_second = greatest(0, EXCLUDED.requests - before.requests)
        / greatest(0.001, extract(epoch FROM EXCLUDED.reported_at - before.reported_at))`;
}

/** Takes the worker's reports back when it stops. */
export async function withdrawProxyHealth(sql: Sql, workerId: string): Promise<void> {
  await sql`DELETE FROM proxy_health WHERE worker_id = ${workerId}`;
}
