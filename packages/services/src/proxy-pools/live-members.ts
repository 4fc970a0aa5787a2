import type { Database, Transaction } from '@domainflow/db/client.ts';
import { proxies, proxyPoolMembers } from '@domainflow/db/schema/proxy.ts';
import { proxyHealth } from '@domainflow/db/schema/proxy-health.ts';
import { PROXY_STATES } from '@domainflow/domain/http/proxy-pool.ts';
import { asc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { liveStates } from '../proxies/live-state.ts';

/** A proxy of a pool as the workers find it; the state is null where none uses it. */
export const liveMemberSchema = z.object({
  proxyId: z.string(),
  name: z.string(),
  state: z.enum(PROXY_STATES).nullable(),
  problem: z.string().nullable(),
  connections: z.int(),
  requests: z.int(),
  failures: z.int(),
  workers: z.int(),
});
export type LiveMember = z.input<typeof liveMemberSchema>;

/** The proxies of a pool in the order of the rotation, as the workers find them. */
export async function liveMembers(db: Database | Transaction, poolId: string): Promise<LiveMember[]> {
  const rows = await db
    .select({ proxyId: proxies.id, name: proxies.name })
    .from(proxyPoolMembers)
    .innerJoin(proxies, eq(proxies.id, proxyPoolMembers.proxyId))
    .where(eq(proxyPoolMembers.poolId, poolId))
    .orderBy(asc(proxyPoolMembers.position));
  const live = await liveStates(
    db,
    rows.map(({ proxyId }) => proxyId),
  );
  return rows.map(({ proxyId, name }) => {
    const found = live.get(proxyId);
    return {
      proxyId,
      name,
      state: found?.state ?? null,
      problem: found?.problem ?? null,
      connections: found?.connections ?? 0,
      requests: found?.requests ?? 0,
      failures: found?.failures ?? 0,
      workers: found?.workers.length ?? 0,
    };
  });
}

/** How many proxies of a pool are in which state; `unused` are those that no worker uses. */
export const poolStatesSchema = z.object({
  healthy: z.int(),
  probing: z.int(),
  ejected: z.int(),
  unused: z.int(),
});
export type PoolStates = z.input<typeof poolStatesSchema>;

export const statesOf = (members: readonly LiveMember[]): PoolStates => {
  const count = (state: LiveMember['state']): number => members.filter((one) => one.state === state).length;
  return {
    healthy: count('healthy'),
    probing: count('probing'),
    ejected: count('ejected'),
    unused: count(null),
  };
};

/** That of many pools with so many proxies each, by pool. */
export async function statesOfPools(
  db: Database,
  pools: readonly { readonly id: string; readonly proxyCount: number }[],
): Promise<Map<string, PoolStates>> {
  const ids = pools.map(({ id }) => id);
  const used = await db
    .selectDistinct({ poolId: proxyPoolMembers.poolId, proxyId: proxyPoolMembers.proxyId })
    .from(proxyPoolMembers)
    .innerJoin(proxyHealth, eq(proxyHealth.proxyId, proxyPoolMembers.proxyId))
    .where(inArray(proxyPoolMembers.poolId, ids));
  const live = await liveStates(db, [...new Set(used.map(({ proxyId }) => proxyId))]);
  const counts = new Map<string, PoolStates>(
    pools.map(({ id, proxyCount }) => [id, { healthy: 0, probing: 0, ejected: 0, unused: proxyCount }]),
  );
  for (const { poolId, proxyId } of used) {
    const state = live.get(proxyId)?.state;
    const of = counts.get(poolId);
    if (state === undefined || of === undefined) continue;
    of[state] += 1;
    of.unused -= 1;
  }
  return counts;
}
