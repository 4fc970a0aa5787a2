import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { z } from 'zod';
import { leadListInput, leadPageSchema, pageOfLeads } from '../../leads/list-leads.ts';
import { query } from '../../operation/operation.ts';
import { requireVisible } from '../reading/read-campaign.ts';

const { campaignId: _, ...filters } = leadListInput;

export const listLeads = query({
  name: 'campaigns.leads',
  summary: 'The leads of a campaign, best first unless sorted otherwise',
  rest: { method: 'GET', path: '/campaigns/{id}/leads' },
  access: 'member',
  input: z.object({ id: campaignIdSchema, ...filters }),
  output: leadPageSchema,
  async run({ db, actor }, { id, ...input }) {
    await requireVisible(db, actor, id);
    return pageOfLeads(db, actor, { ...input, campaignId: id });
  },
});
