import type { Database, Transaction } from '@domainflow/db/client.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { leads } from '@domainflow/db/schema/lead.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { and, eq } from 'drizzle-orm';
import { visibleTo } from '../campaigns/visible-campaigns.ts';
import type { Actor } from '../operation/operation.ts';

/** The lead; `NOT_FOUND` where there is none or its campaign is not the actor's to see. */
export async function findLead(
  db: Database | Transaction,
  actor: Actor,
  id: string,
): Promise<typeof leads.$inferSelect> {
  const [found] = await db
    .select({ lead: leads })
    .from(leads)
    .innerJoin(campaigns, eq(campaigns.id, leads.campaignId))
    .where(and(eq(leads.id, id), visibleTo(actor)));
  if (found === undefined) throw notFound('lead', id);
  return found.lead;
}
