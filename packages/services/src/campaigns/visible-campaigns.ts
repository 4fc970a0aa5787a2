import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { and, eq, isNull, type SQL } from 'drizzle-orm';
import type { Actor } from '../operation/operation.ts';

/** Which campaigns an account sees: its own, and an administrator all; never a deleted one. */
export function visibleTo(actor: Actor): SQL | undefined {
  const alive = isNull(campaigns.deletedAt);
  return actor.role === 'admin' ? alive : and(alive, eq(campaigns.ownerId, actor.userId));
}
