import { reportProxyHealth, withdrawProxyHealth } from '@domainflow/services/proxies/report-proxy-health.ts';
import {
  reportResolverHealth,
  withdrawResolverHealth,
} from '@domainflow/services/resolvers/report-resolver-health.ts';
import { proxyReports } from './proxy-reports.ts';
import { resolverReports } from './resolver-reports.ts';
import type { WorkerDeps } from './worker-deps.ts';

const REPORT_INTERVAL_MS = 5_000;

type ReporterDeps = Pick<WorkerDeps, 'sql' | 'log' | 'identity' | 'poolStats' | 'proxyStats'>;

/** Tells the others, and people, how this worker finds its resolvers and proxies. */
export class HealthReporter {
  readonly #deps: ReporterDeps;
  #timer: ReturnType<typeof setInterval> | undefined;
  #current: Promise<unknown> | null = null;

  constructor(deps: ReporterDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => {
      // One that is still under way says enough.
      this.#current ??= this.#report().finally(() => {
        this.#current = null;
      });
    }, REPORT_INTERVAL_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#current;
    const { sql, identity } = this.#deps;
    await withdrawResolverHealth(sql, identity.id).catch(() => {});
    await withdrawProxyHealth(sql, identity.id).catch(() => {});
  }

  async #report(): Promise<void> {
    const { sql, log, identity, poolStats, proxyStats } = this.#deps;
    const found = await Promise.allSettled([
      reportResolverHealth(sql, identity.id, resolverReports(poolStats())),
      reportProxyHealth(sql, identity.id, proxyReports(proxyStats())),
    ]);
    for (const one of found) {
      if (one.status === 'rejected')
        log.warn({ error: String(one.reason) }, 'The state of resolvers or proxies could not be reported');
    }
  }
}
