import { campaignProgress } from '@domainflow/domain/campaign/progress.ts';
import type { CampaignStatus, PhaseStatus } from '@domainflow/domain/campaign/states.ts';
import type { DomainFlowEvent, EventPayload } from '@domainflow/domain/events/event.ts';

/** What a phase shows while it runs. Campaign pages hold more of it, lists less. */
interface LivePhase {
  readonly phase: string;
  readonly status: PhaseStatus;
  readonly total: number;
  readonly processed: number;
  readonly counts?: Readonly<Record<string, number>>;
}

interface LiveCampaign {
  readonly campaignId: string;
  readonly campaignName: string;
  readonly status: CampaignStatus;
  readonly version: number;
  readonly progress: number;
  readonly phases: readonly LivePhase[];
}

function applyProgress<C extends LiveCampaign>(campaign: C, payload: EventPayload<'campaign_progress'>): C {
  const news = new Map(payload.phases.map((phase) => [phase.phase as string, phase]));
  const phases = campaign.phases.map((phase) => {
    const next = news.get(phase.phase);
    if (next === undefined) return phase;
    const { status, total, processed } = next;
    return phase.counts === undefined
      ? { ...phase, status, total, processed }
      : { ...phase, status, total, processed, counts: next.counts };
  });
  return { ...campaign, phases, progress: campaignProgress(phases) };
}

function applyChange<C extends LiveCampaign>(campaign: C, payload: EventPayload<'campaign_changed'>): C {
  if (payload.version < campaign.version) return campaign;
  // The version is left as it was: it belongs to the whole record, which is fetched again.
  return { ...campaign, status: payload.status, campaignName: payload.campaignName };
}

function applyTransition<C extends LiveCampaign>(campaign: C, payload: EventPayload<'phase_transition'>): C {
  const phases = campaign.phases.map((phase) =>
    phase.phase === payload.phase ? { ...phase, status: payload.to } : phase,
  );
  return { ...campaign, phases };
}

function applyComplete<C extends LiveCampaign>(campaign: C, payload: EventPayload<'validation_complete'>): C {
  const phases = campaign.phases.map((phase) => {
    if (phase.phase !== payload.phase) return phase;
    const done = { ...phase, status: 'completed' as const, processed: payload.processed };
    return phase.counts === undefined ? done : { ...done, counts: payload.counts };
  });
  return { ...campaign, phases, progress: campaignProgress(phases) };
}

/** A campaign after an event; the same object where the event is about another one or changes nothing here. */
export function reduceCampaign<C extends LiveCampaign>(campaign: C, event: DomainFlowEvent): C {
  if (event.type === 'system_alert' || event.type === 'bulk_operation_update') return campaign;
  if (event.payload.campaignId !== campaign.campaignId) return campaign;
  switch (event.type) {
    case 'campaign_progress':
      return applyProgress(campaign, event.payload);
    case 'campaign_changed':
      return applyChange(campaign, event.payload);
    case 'phase_transition':
      return applyTransition(campaign, event.payload);
    case 'validation_complete':
      return applyComplete(campaign, event.payload);
  }
}

/** A list after an event; the same array where nothing in it changes. */
export function reduceCampaigns<C extends LiveCampaign>(
  campaigns: readonly C[],
  event: DomainFlowEvent,
): readonly C[] {
  let isChanged = false;
  const next = campaigns.map((campaign) => {
    const reduced = reduceCampaign(campaign, event);
    isChanged ||= reduced !== campaign;
    return reduced;
  });
  return isChanged ? next : campaigns;
}

/** What lists show of work over stored leads. */
interface LiveJob {
  readonly leadJobId: string;
  readonly status: EventPayload<'bulk_operation_update'>['status'];
  readonly total: number;
  readonly done: number;
  readonly changed: number;
}

/** Lead jobs after one came on; the same array where it is not among them. */
export function reduceLeadJobs<J extends LiveJob>(
  jobs: readonly J[],
  { operationId, status, total, done, changed }: EventPayload<'bulk_operation_update'>,
): readonly J[] {
  if (!jobs.some(({ leadJobId }) => leadJobId === operationId)) return jobs;
  return jobs.map((job) => (job.leadJobId === operationId ? { ...job, status, total, done, changed } : job));
}

/** What has to be fetched again after an event, because it cannot be read from the event itself. */
export interface Stale {
  /** The campaign with its versions and allowed commands. */
  readonly campaign: string | null;
  /** Lists of campaigns: one was added, removed, renamed or moved. */
  readonly lists: boolean;
  /** Domains and leads of this campaign: results have moved. */
  readonly results: string | null;
  /** The same of all campaigns. */
  readonly allResults: boolean;
  readonly deleted: string | null;
  /** Work over stored leads: some began, or ended and has more to tell than its event. */
  readonly leadJobs: boolean;
}

const NOTHING: Stale = {
  campaign: null,
  lists: false,
  results: null,
  allResults: false,
  deleted: null,
  leadJobs: false,
};

/** Which caches an event makes stale. */
export function staleAfter(event: DomainFlowEvent): Stale {
  switch (event.type) {
    case 'campaign_progress':
      return { ...NOTHING, results: event.payload.campaignId };
    case 'campaign_changed': {
      const { campaignId, change } = event.payload;
      return change === 'deleted'
        ? { ...NOTHING, lists: true, deleted: campaignId }
        : { ...NOTHING, campaign: campaignId, lists: true };
    }
    case 'phase_transition':
      return { ...NOTHING, campaign: event.payload.campaignId, lists: true };
    case 'validation_complete':
      return {
        ...NOTHING,
        campaign: event.payload.campaignId,
        results: event.payload.campaignId,
        lists: true,
      };
    case 'bulk_operation_update': {
      const { campaignId, status, done } = event.payload;
      return {
        ...NOTHING,
        results: campaignId,
        allResults: campaignId === null,
        leadJobs: status !== 'running' || done === 0,
      };
    }
    case 'system_alert':
      return NOTHING;
  }
}
