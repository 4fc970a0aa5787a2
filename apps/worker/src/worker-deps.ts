import type { ProxyPoolStats } from '@domainflow/domain/http/proxy-pool.ts';
import type { PoolStats } from '@domainflow/net/dns/pool-stats.ts';
import type { Log, ServiceDeps } from '@domainflow/services/operation/operation.ts';
import type { PgBossQueue } from '@domainflow/services/queue/pg-boss-queue.ts';
import type { SecretBox } from '@domainflow/services/secrets/secret-box.ts';
import type { WorkerIdentity } from '@domainflow/services/system/worker-presence.ts';
import type { Sql } from 'postgres';

export interface WorkerDeps {
  readonly db: ServiceDeps['db'];
  readonly sql: Sql;
  readonly queue: PgBossQueue;
  readonly log: Log;
  readonly identity: WorkerIdentity;
  /** Opens the credentials of proxies. */
  readonly secrets: Pick<SecretBox, 'open'>;
  /** What each pool of resolvers of this process has done so far. */
  readonly poolStats: () => readonly PoolStats[];
  /** What each pool of proxies of this process has done so far. */
  readonly proxyStats: () => readonly ProxyPoolStats[];
  /** To be told how many workers live, this one included: they share the limits of proxies. */
  readonly shareProxies: (workers: number) => void;
  /** The clock on the wall: milliseconds since 1970. Quiet hours go by it. */
  readonly wallMs: () => number;
  /** Called when events have been committed: rings the doorbell. */
  readonly onAnnounced: () => void;
}
