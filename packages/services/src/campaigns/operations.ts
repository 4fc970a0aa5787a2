import { forecastPattern } from '../forecast/forecast-pattern.ts';
import { rescoreCampaign } from '../leads/rescore-leads.ts';
import { patternOffset } from '../pattern-offsets/pattern-offset.ts';
import { campaignHistory } from './campaign-history.ts';
import { campaignTraffic } from './campaign-traffic.ts';
import { configurePhase } from './configure-phase.ts';
import { createCampaign } from './create-campaign.ts';
import { deleteCampaign } from './delete-campaign.ts';
import { getDomain } from './domains/get-domain.ts';
import { listDomains } from './domains/list-domains.ts';
import { listLeads } from './domains/list-leads.ts';
import { campaignProgressOf, campaignStatus, getCampaign } from './get-campaign.ts';
import {
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
  startCampaign,
  startPhase,
} from './lifecycle-commands.ts';
import { listCampaigns } from './list-campaigns.ts';
import { listEvents } from './list-events.ts';
import { previewPattern } from './preview-pattern.ts';
import { retryCampaign } from './retry-campaign.ts';
import { updateCampaign } from './update-campaign.ts';

export const campaignOperations = {
  create: createCampaign,
  list: listCampaigns,
  get: getCampaign,
  update: updateCampaign,
  rescore: rescoreCampaign,
  delete: deleteCampaign,
  start: startCampaign,
  startPhase,
  configurePhase,
  pause: pauseCampaign,
  resume: resumeCampaign,
  cancel: cancelCampaign,
  retry: retryCampaign,
  progress: campaignProgressOf,
  status: campaignStatus,
  history: campaignHistory,
  traffic: campaignTraffic,
  events: listEvents,
  domains: listDomains,
  domain: getDomain,
  leads: listLeads,
  previewPattern,
  patternOffset,
  forecast: forecastPattern,
};
