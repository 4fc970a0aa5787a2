import { CAMPAIGN_COMMANDS, CAMPAIGN_STATUSES } from '@domainflow/domain/campaign/states.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { readCampaign } from './reading/read-campaign.ts';
import { campaignViewSchema, phaseViewSchema } from './views.ts';

const byId = z.object({ id: campaignIdSchema });

export const getCampaign = query({
  name: 'campaigns.get',
  summary: 'A campaign in full',
  rest: { method: 'GET', path: '/campaigns/{id}' },
  access: 'member',
  input: byId,
  output: campaignViewSchema,
  run: ({ db, actor }, { id }) => readCampaign(db, actor, id),
});

const standing = {
  campaignId: z.string(),
  status: z.enum(CAMPAIGN_STATUSES),
  version: z.int(),
  progress: z.number(),
};

export const campaignProgressOf = query({
  name: 'campaigns.progress',
  summary: 'How far each phase is, with its counts by verdict',
  rest: { method: 'GET', path: '/campaigns/{id}/progress' },
  access: 'member',
  input: byId,
  output: z.object({ ...standing, phases: z.array(phaseViewSchema) }),
  async run({ db, actor }, { id }) {
    const { campaignId, status, version, progress, phases } = await readCampaign(db, actor, id);
    return { campaignId, status, version, progress, phases };
  },
});

export const campaignStatus = query({
  name: 'campaigns.status',
  summary: 'The status, and the commands that it allows',
  rest: { method: 'GET', path: '/campaigns/{id}/status' },
  access: 'member',
  input: byId,
  output: z.object({ ...standing, allowedCommands: z.array(z.enum(CAMPAIGN_COMMANDS)) }),
  async run({ db, actor }, { id }) {
    const { campaignId, status, version, progress, allowedCommands } = await readCampaign(db, actor, id);
    return { campaignId, status, version, progress, allowedCommands };
  },
});
