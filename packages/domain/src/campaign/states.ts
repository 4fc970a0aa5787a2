/** Campaign status; what each one means is in SPEC.md. */
export const CAMPAIGN_STATUSES = [
  'pending',
  'active',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'error',
  'retrying',
] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

/** What a person can ask of a campaign. */
export const CAMPAIGN_COMMANDS = ['start', 'pause', 'resume', 'cancel', 'retry'] as const;
export type CampaignCommand = (typeof CAMPAIGN_COMMANDS)[number];

/** The commands, and what follows from the phases: `lifecycle.ts` alone decides which of them an occurrence is. */
export const CAMPAIGN_EVENTS = [
  ...CAMPAIGN_COMMANDS,
  'resume_retry',
  'proceed',
  'proceed_retry',
  'complete',
  'fail',
  'halt',
] as const;
export type CampaignEvent = (typeof CAMPAIGN_EVENTS)[number];

export const PHASE_STATUSES = [
  'pending',
  'configured',
  'running',
  'paused',
  'completed',
  'failed',
  'cancelled',
] as const;
export type PhaseStatus = (typeof PHASE_STATUSES)[number];

export const PHASE_EVENTS = [
  'configure',
  'start',
  'pause',
  'resume',
  'cancel',
  'complete',
  'fail',
  'retry',
] as const;
export type PhaseEvent = (typeof PHASE_EVENTS)[number];

export const CAMPAIGN_MODES = ['full_sequence', 'step_by_step'] as const;
export type CampaignMode = (typeof CAMPAIGN_MODES)[number];
