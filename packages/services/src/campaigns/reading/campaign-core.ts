import { users } from '@domainflow/db/schema/account.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { campaignProgress, type PhaseShare } from '@domainflow/domain/campaign/progress.ts';

/** Columns of a campaign and its owner's name, as every view needs them. */
export const campaignColumns = { campaign: campaigns, ownerName: users.username };

interface CampaignSource {
  readonly campaign: typeof campaigns.$inferSelect;
  readonly ownerName: string;
}

/** The fields that the summary and the full view share. */
export function campaignCore({ campaign, ownerName }: CampaignSource, phases: readonly PhaseShare[]) {
  const lastStarted = phases.findLast(({ status }) => status !== 'pending' && status !== 'configured');
  return {
    campaignId: campaign.id,
    campaignName: campaign.name,
    description: campaign.description,
    notes: campaign.notes,
    tags: campaign.tags,
    campaignType: campaign.type,
    mode: campaign.mode,
    status: campaign.status,
    version: campaign.version,
    domainInputSource: campaign.input.source,
    initialNumberOfDomains: campaign.initialDomains,
    progress: campaignProgress(phases),
    processedDomainsCount: lastStarted?.processed ?? 0,
    ownerId: campaign.ownerId,
    ownerName,
    createdBy: campaign.createdBy,
    createdAt: campaign.createdAt,
    updatedAt: campaign.updatedAt,
    startedAt: campaign.startedAt,
    completedAt: campaign.completedAt,
    errorDetails: campaign.errorDetails,
  };
}
