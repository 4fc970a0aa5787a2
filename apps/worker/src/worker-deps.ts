import type { PoolStats } from '@domainflow/net/dns/pool-stats.ts';
import type { Log, ServiceDeps } from '@domainflow/services/operation.ts';
import type { PgBossQueue } from '@domainflow/services/queue/pg-boss-queue.ts';
import type { WorkerIdentity } from '@domainflow/services/system/worker-presence.ts';
import type { Sql } from 'postgres';

export interface WorkerDeps {
  readonly db: ServiceDeps['db'];
  readonly sql: Sql;
  readonly queue: PgBossQueue;
  readonly log: Log;
  readonly identity: WorkerIdentity;
  /** What each pool of resolvers of this process has done so far. */
  readonly poolStats: () => readonly PoolStats[];
  /** Called when events have been committed: rings the doorbell. */
  readonly onAnnounced: () => void;
}
