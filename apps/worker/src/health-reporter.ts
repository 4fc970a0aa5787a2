import { reportProxyHealth, withdrawProxyHealth } from '@domainflow/services/proxies/report-proxy-health.ts';
import {
  reportResolverHealth,
  withdrawResolverHealth,
} from '@domainflow/services/resolvers/report-resolver-health.ts';
import { proxyReports } from './proxy-reports.ts';
import { Repeated } from './repeated.ts';
import { resolverReports } from './resolver-reports.ts';
import type { WorkerDeps } from './worker-deps.ts';

const REPORT_INTERVAL_MS = 5_000;
const NOT_REPORTED = 'The state of resolvers or proxies could not be reported';

type ReporterDeps = Pick<WorkerDeps, 'sql' | 'log' | 'identity' | 'poolStats' | 'proxyStats'>;

/** Tells the others, and people, how this worker finds its resolvers and proxies. */
export class HealthReporter {
  readonly #deps: ReporterDeps;
  readonly #reports: Repeated;

  constructor(deps: ReporterDeps) {
    this.#deps = deps;
    this.#reports = new Repeated({
      intervalMs: REPORT_INTERVAL_MS,
      step: () => this.#report(),
      failed: (error) => deps.log.warn({ error: String(error) }, NOT_REPORTED),
    });
  }

  start(): void {
    this.#reports.start();
  }

  async stop(): Promise<void> {
    await this.#reports.stop();
    const { sql, identity } = this.#deps;
    await withdrawResolverHealth(sql, identity.id).catch(() => {});
    await withdrawProxyHealth(sql, identity.id).catch(() => {});
  }

  async #report(): Promise<void> {
    const { sql, identity, poolStats, proxyStats } = this.#deps;
    await Promise.all([
      reportResolverHealth(sql, identity.id, resolverReports(poolStats())),
      reportProxyHealth(sql, identity.id, proxyReports(proxyStats())),
    ]);
  }
}
