import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import { leadIdSchema } from '@domainflow/domain/ids.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { decide, decisionFields } from './edit-fields.ts';
import { leadFilters, matchingLeads, visibleCampaigns } from './lead-filters.ts';

export const updateManyLeads = mutation({
  name: 'leads.updateMany',
  summary: 'Change state and tags of the leads named, or of all that a filter matches',
  rest: { method: 'POST', path: '/leads/bulk' },
  access: 'member',
  input: z.object({
    leadIds: z.array(leadIdSchema).min(1).max(10_000).optional(),
    /** A filter that is misspelt must not match everything. */
    filter: z.strictObject(leadFilters).optional(),
    /** How many are expected: where there are others, nothing is changed. */
    expectedCount: z.int().min(0).optional(),
    ...decisionFields,
  }),
  output: z.object({ updated: z.int() }),
  audit: ({ state, addTags, removeTags, leadIds }, { updated }) => ({
    entity: 'lead',
    entityId: null,
    details: { by: leadIds === undefined ? 'filter' : 'ids', updated, state, addTags, removeTags },
  }),

  async run({ tx, actor }, { leadIds, filter, expectedCount, ...decision }) {
    if ((leadIds === undefined) === (filter === undefined))
      throw invalidInput('Give either leadIds or filter.', 'leadIds');
    const chosen =
      leadIds === undefined
        ? matchingLeads(actor, filter ?? {})
        : sql`
            leads l WHERE l.id = ANY(${sql.param(leadIds)}::uuid[])
              AND l.campaign_id IN (${visibleCampaigns(actor, undefined)})`;
    const updated = await decide({ tx, actor }, chosen, decision);
    if (expectedCount !== undefined && expectedCount !== updated)
      throw new DomainFlowError(
        'CONFLICT',
        `There are ${updated} of them now, not ${expectedCount}: nothing was changed.`,
        { field: 'expectedCount', details: { count: updated } },
      );
    return { updated };
  },
});
