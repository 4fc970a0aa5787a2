import type { ResolverStats } from './pool-stats.ts';
import type { Upstream } from './upstream.ts';

/** How one resolver stands, as plain data. */
export function upstreamStats<Owner>({
  label,
  window,
  isDown,
  health,
  rate,
  overload,
}: Upstream<Owner>): ResolverStats {
  const rcodes = health.rcodes();
  const done = health.replies + health.timeouts + health.lost;
  const decided = (rcodes['NOERROR'] ?? 0) + (rcodes['NXDOMAIN'] ?? 0);
  return {
    resolver: label,
    window: window.size,
    inFlight: window.inFlight,
    isDown,
    ejection: health.ejection,
    ejections: health.ejections,
    problem: health.problem ?? overload.problem,
    queries: health.queries,
    replies: health.replies,
    timeouts: health.timeouts,
    lost: health.lost,
    rcodes,
    errorRate: done === 0 ? null : Math.round((1 - decided / done) * 10_000) / 10_000,
    latency: health.latency(),
    queriesPerSecond: rate.perSecond,
    keepsCase: health.keepsCase,
  };
}
