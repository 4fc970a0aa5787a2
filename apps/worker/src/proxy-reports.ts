import type { ProxyHealth, ProxyPoolStats } from '@domainflow/domain/http/proxy-pool.ts';
import type { ProxyReport } from '@domainflow/services/proxies/report-proxy-health.ts';

/** What a pool that was not used for so long knows of its proxies is old, and told no more. */
const IDLE_LIMIT_MS = 900_000;

const reportOf = (health: ProxyHealth, idleMs: number): ProxyReport => ({
  proxyId: health.id,
  state: health.state,
  problem: health.lastFailure,
  connections: health.connections,
  requests: health.requests,
  failures: health.failures,
  failuresByKind: health.failuresByKind,
  ejections: health.ejections,
  p50Ms: health.latency?.p50Ms ?? null,
  p95Ms: health.latency?.p95Ms ?? null,
  idleMs: Math.max(0, Math.round(idleMs)),
});

/** Of two pools the one that was used last says how the proxy is; what happened is added up. */
function merge(recent: ProxyReport, older: ProxyReport): ProxyReport {
  const failuresByKind = { ...recent.failuresByKind };
  for (const [kind, count] of Object.entries(older.failuresByKind) as [
    keyof typeof failuresByKind,
    number,
  ][]) {
    failuresByKind[kind] = (failuresByKind[kind] ?? 0) + count;
  }
  return {
    ...recent,
    problem: recent.problem ?? older.problem,
    requests: recent.requests + older.requests,
    failures: recent.failures + older.failures,
    failuresByKind,
    ejections: recent.ejections + older.ejections,
    p50Ms: recent.p50Ms ?? older.p50Ms,
    p95Ms: recent.p95Ms ?? older.p95Ms,
  };
}

/** One report for each proxy that is used, or was of late, whichever pools it is in. */
export function proxyReports(pools: readonly ProxyPoolStats[]): ProxyReport[] {
  const reports = new Map<string, ProxyReport>();
  for (const { proxies, idleMs } of pools.toSorted((a, b) => a.idleMs - b.idleMs)) {
    if (idleMs > IDLE_LIMIT_MS) continue;
    for (const health of proxies) {
      const before = reports.get(health.id);
      const report = reportOf(health, idleMs);
      reports.set(health.id, before === undefined ? report : merge(before, report));
    }
  }
  return [...reports.values()];
}
