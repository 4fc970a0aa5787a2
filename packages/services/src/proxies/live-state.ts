import type { Database, Transaction } from '@domainflow/db/client.ts';
import { proxyHealth } from '@domainflow/db/schema/proxy-health.ts';
import { workers } from '@domainflow/db/schema/worker.ts';
import { PROXY_FAILURES, PROXY_STATES } from '@domainflow/domain/http/proxy-pool.ts';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  prevailingState,
  REPORT_EXPIRES_SECONDS,
  rounded,
  saidByWorker,
  sinceWhen,
  sumByName,
  weightedMean,
} from '../health/merge-reports.ts';

const figures = {
  /** In use now. */
  connections: z.int(),
  /** Counts are since the workers began. */
  requests: z.int(),
  failures: z.int(),
  failuresByKind: z.partialRecord(z.enum(PROXY_FAILURES), z.int()),
  /** How often it was put aside. */
  ejections: z.int(),
  requestsPerSecond: z.number(),
  /** How long it takes to give a connection, in milliseconds. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
};

const found = {
  /** `ejected` is put aside, `probing` put aside and being tried. */
  state: z.enum(PROXY_STATES),
  since: z.string(),
  /** The last failure. */
  problem: z.string().nullable(),
  /** When a pool with it was last used. */
  usedAt: z.string(),
  ...figures,
};

/** How the workers that use a proxy find it. The state is as most find it. */
export const liveStateSchema = z.object({
  ...found,
  workers: z.array(
    z.object({ workerId: z.string(), host: z.string().nullable(), ...found, reportedAt: z.string() }),
  ),
});
export type LiveState = z.input<typeof liveStateSchema>;

type Health = typeof proxyHealth.$inferSelect;

/** By proxy; those that no worker uses, or used of late, have none. */
export async function liveStates(
  db: Database | Transaction,
  proxyIds: readonly string[],
): Promise<Map<string, LiveState>> {
  if (proxyIds.length === 0) return new Map();
  const rows = await db
    .select({ health: proxyHealth, host: workers.host })
    .from(proxyHealth)
    .leftJoin(workers, eq(workers.id, proxyHealth.workerId))
    .where(
      and(
        inArray(proxyHealth.proxyId, [...proxyIds]),
        sql`${proxyHealth.reportedAt} > clock_timestamp() - make_interval(secs => ${REPORT_EXPIRES_SECONDS})`,
      ),
    )
    .orderBy(asc(proxyHealth.proxyId), asc(proxyHealth.workerId));
  const states = new Map<string, LiveState>();
  for (const [proxyId, group] of Map.groupBy(rows, ({ health }) => health.proxyId)) {
    const all = group.map(({ health }) => health);
    const state = prevailingState(all);
    states.set(proxyId, {
      state,
      since: sinceWhen(all, state),
      problem: lastProblem(all),
      usedAt: all.map(({ usedAt }) => usedAt).reduce((a, b) => (a > b ? a : b)),
      ...figuresOf(all),
      workers: group.map(({ health, host }) => ({
        ...saidByWorker(health, host),
        usedAt: health.usedAt,
        ...figuresOf([health]),
      })),
    });
  }
  return states;
}

/** That of one proxy, null where no worker uses it. */
export const liveStateOf = async (db: Database | Transaction, proxyId: string): Promise<LiveState | null> =>
  (await liveStates(db, [proxyId])).get(proxyId) ?? null;

/** Of those who put it aside first: theirs is why. */
const lastProblem = (all: readonly Health[]): string | null =>
  all.find(({ state, problem }) => state !== 'healthy' && problem !== null)?.problem ??
  all.find(({ problem }) => problem !== null)?.problem ??
  null;

function figuresOf(all: readonly Health[]) {
  const sum = (of: (one: Health) => number): number => all.reduce((total, one) => total + of(one), 0);
  const requestsOf = ({ requests }: Health): number => requests;
  return {
    connections: sum((one) => one.connections),
    requests: sum(requestsOf),
    failures: sum((one) => one.failures),
    failuresByKind: sumByName(all.map((one) => one.failuresByKind)),
    ejections: sum((one) => one.ejections),
    requestsPerSecond: rounded(sum((one) => one.requestsPerSecond)),
    p50Ms: weightedMean(all, requestsOf, (one) => one.p50Ms),
    p95Ms: weightedMean(all, requestsOf, (one) => one.p95Ms),
  };
}
