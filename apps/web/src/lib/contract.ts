import type { AppRouter } from '@domainflow/api/trpc/router.ts';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';

/** What the API takes and gives, from the types of its router: the web app declares no shapes of its own. */
export type Outputs = inferRouterOutputs<AppRouter>;
export type Inputs = inferRouterInputs<AppRouter>;

export type Me = Outputs['auth']['me'];
export type CampaignView = Outputs['campaigns']['get'];
export type CampaignPage = Outputs['campaigns']['list'];
export type CampaignSummary = CampaignPage['items'][number];
export type PhaseView = CampaignView['phases'][number];
export type UploadView = CampaignView['uploadHistory'][number];
export type DomainPage = Outputs['campaigns']['domains'];
export type DomainRow = DomainPage['items'][number];
export type DomainDetail = Outputs['campaigns']['domain'];
export type LeadView = Outputs['campaigns']['leads']['items'][number];
export type LeadDetail = Outputs['leads']['get'];
export type LeadGroup = Outputs['leads']['groups']['items'][number];
export type LeadJob = Outputs['leadJobs']['get'];
export type LeadJobPage = Outputs['leadJobs']['list'];
export type ScoreProfileView = Outputs['scoreProfiles']['get'];
export type HistoryEntry = Outputs['campaigns']['history']['items'][number];
export type CampaignEventEntry = Outputs['campaigns']['events']['items'][number];
export type PersonaView = Outputs['personas']['get'];
export type KeywordSetView = Outputs['keywordSets']['get'];
export type WordListSummary = Outputs['wordLists']['list']['items'][number];
export type WordListView = Outputs['wordLists']['get'];
export type UserView = Outputs['users']['list']['items'][number];
