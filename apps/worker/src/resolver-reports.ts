import type { PoolStats } from '@domainflow/net/dns/pool-stats.ts';
import type { ResolverReport } from '@domainflow/services/resolvers/report-resolver-health.ts';

type ResolverStats = PoolStats['resolvers'][number];

const STATES = ['healthy', 'probing', 'ejected'] as const;

/** A resolver that is put aside is asked only to see whether it is back. */
function stateOf({ isDown, inFlight }: ResolverStats): ResolverReport['state'] {
  if (!isDown) return 'healthy';
  return inFlight > 0 ? 'probing' : 'ejected';
}

const PROBLEMS = {
  silent: 'No replies',
  unhelpful: 'Only replies that decide nothing, such as SERVFAIL or REFUSED',
  unreachable: 'No connection',
} as const;

const problemOf = ({ problem, ejection }: ResolverStats): string | null =>
  problem ?? (ejection === null ? null : PROBLEMS[ejection]);

const reportOf = (transport: PoolStats['transport'], stats: ResolverStats): ResolverReport => ({
  transport,
  resolver: stats.resolver,
  state: stateOf(stats),
  problem: problemOf(stats),
  queries: stats.queries,
  replies: stats.replies,
  timeouts: stats.timeouts,
  lost: stats.lost,
  ejections: stats.ejections,
  rcodes: stats.rcodes,
  p50Ms: stats.latency?.p50Ms ?? null,
  p95Ms: stats.latency?.p95Ms ?? null,
});

/** A pool that asked a resolver so many times less often than another one, as in its trial, knows an old state at best. */
const SELDOM = 10;

/** The report of the pool that knows best; null where both know. */
function betterKnown(a: ResolverReport, b: ResolverReport): ResolverReport | null {
  if (a.queries > b.queries * SELDOM) return a;
  return b.queries > a.queries * SELDOM ? b : null;
}

function merge(a: ResolverReport, b: ResolverReport): ResolverReport {
  const rcodes = { ...a.rcodes };
  for (const [rcode, count] of Object.entries(b.rcodes)) rcodes[rcode] = (rcodes[rcode] ?? 0) + count;
  const busier = b.replies > a.replies ? b : a;
  const known = betterKnown(a, b);
  const worst = STATES[Math.max(STATES.indexOf(a.state), STATES.indexOf(b.state))] ?? a.state;
  return {
    ...a,
    state: known?.state ?? worst,
    problem: known === null ? (a.problem ?? b.problem) : known.problem,
    queries: a.queries + b.queries,
    replies: a.replies + b.replies,
    timeouts: a.timeouts + b.timeouts,
    lost: a.lost + b.lost,
    ejections: a.ejections + b.ejections,
    rcodes,
    p50Ms: busier.p50Ms,
    p95Ms: busier.p95Ms,
  };
}

/** One report for each resolver, whichever pools ask it: personas may share resolvers. */
export function resolverReports(pools: readonly PoolStats[]): ResolverReport[] {
  const reports = new Map<string, ResolverReport>();
  for (const { transport, resolvers } of pools) {
    for (const stats of resolvers) {
      const key = `${transport} ${stats.resolver}`;
      const before = reports.get(key);
      const report = reportOf(transport, stats);
      reports.set(key, before === undefined ? report : merge(before, report));
    }
  }
  return [...reports.values()];
}
