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

export const CAMPAIGN_EVENTS = [
  'start',
  'pause',
  'resume',
  'cancel',
  'retry',
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
