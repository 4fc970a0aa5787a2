import type { Transaction } from '@domainflow/db/client.ts';
import { proxies, proxyPoolMembers } from '@domainflow/db/schema/proxy.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { eq, inArray } from 'drizzle-orm';

/** Makes these the proxies of a pool. `INVALID_INPUT` names the first that does not exist, or stands there twice. */
export async function setMembers(
  tx: Transaction,
  poolId: string,
  proxyIds: readonly string[],
): Promise<void> {
  const twice = proxyIds.findIndex((id, index) => proxyIds.indexOf(id) !== index);
  if (twice >= 0) throw invalidInput('A proxy can be in a pool once only.', `proxyIds.${twice}`);
  // Locked, so that none is deleted before it is in the pool.
  const found = await tx
    .select({ id: proxies.id })
    .from(proxies)
    .where(inArray(proxies.id, [...proxyIds]))
    .for('key share');
  const known = new Set(found.map(({ id }) => id));
  const missing = proxyIds.findIndex((id) => !known.has(id));
  if (missing >= 0) throw invalidInput(`No proxy with id ${proxyIds[missing]}.`, `proxyIds.${missing}`);
  await tx.delete(proxyPoolMembers).where(eq(proxyPoolMembers.poolId, poolId));
  await tx
    .insert(proxyPoolMembers)
    .values(proxyIds.map((proxyId, position) => ({ poolId, proxyId, position })));
}
