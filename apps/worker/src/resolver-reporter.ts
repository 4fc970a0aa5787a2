import {
  reportResolverHealth,
  withdrawResolverHealth,
} from '@domainflow/services/resolvers/report-resolver-health.ts';
import { resolverReports } from './resolver-reports.ts';
import type { WorkerDeps } from './worker-deps.ts';

const REPORT_INTERVAL_MS = 5_000;

/** Tells the others, and people, how this worker finds its resolvers. */
export class ResolverReporter {
  readonly #deps: Pick<WorkerDeps, 'sql' | 'log' | 'identity' | 'poolStats'>;
  #timer: ReturnType<typeof setInterval> | undefined;
  #current: Promise<void> | null = null;

  constructor(deps: Pick<WorkerDeps, 'sql' | 'log' | 'identity' | 'poolStats'>) {
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
    await withdrawResolverHealth(this.#deps.sql, this.#deps.identity.id).catch(() => {});
  }

  async #report(): Promise<void> {
    const { sql, log, identity, poolStats } = this.#deps;
    try {
      await reportResolverHealth(sql, identity.id, resolverReports(poolStats()));
    } catch (error) {
      log.warn({ error: String(error) }, 'The state of the resolvers could not be reported');
    }
  }
}
