import type { Database, Transaction } from '@domainflow/db/client.ts';
import { proxies, proxyPoolMembers, proxyPools } from '@domainflow/db/schema/proxy.ts';
import { DIRECT, type ProxyPool, proxyPoolSchema } from '@domainflow/domain/http/proxy-pool.ts';
import { asc, eq } from 'drizzle-orm';
import { openCredentials } from '../proxies/credentials.ts';
import { missingRow } from '../rows/missing-row.ts';
import type { SecretBox } from '../secrets/secret-box.ts';

/** Nothing is fetched without it. */
const gone = (db: Database | Transaction, id: string) =>
  missingRow(db, 'proxy_pool', 'proxy pool', id, 'proxyAssignmentId');

/** `INVALID_INPUT` on `proxyAssignmentId` where it names a pool that does not exist. */
export async function requirePool(db: Database | Transaction, assignment: string): Promise<void> {
  if (assignment === DIRECT) return;
  const [row] = await db.select({ id: proxyPools.id }).from(proxyPools).where(eq(proxyPools.id, assignment));
  if (row === undefined) throw await gone(db, assignment);
}

/**
 * The pool as the engine uses it, with credentials in the clear, as it is now; null for `direct`. Rejects where the
 * pool is gone or a secret cannot be opened: nothing may go direct then.
 */
export async function loadPool(
  db: Database,
  secrets: Pick<SecretBox, 'open'>,
  assignment: string,
): Promise<ProxyPool | null> {
  if (assignment === DIRECT) return null;
  const rows = await db
    .select({ pool: proxyPools, proxy: proxies })
    .from(proxyPools)
    .innerJoin(proxyPoolMembers, eq(proxyPoolMembers.poolId, proxyPools.id))
    .innerJoin(proxies, eq(proxies.id, proxyPoolMembers.proxyId))
    .where(eq(proxyPools.id, assignment))
    .orderBy(asc(proxyPoolMembers.position));
  const [first] = rows;
  if (first === undefined) throw await gone(db, assignment);
  const members = rows.map(async ({ proxy }) => ({
    ...proxy,
    ...(await openCredentials(secrets, proxy.id, proxy)),
  }));
  return proxyPoolSchema.parse({ ...first.pool, proxies: await Promise.all(members) });
}
