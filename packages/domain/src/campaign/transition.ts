import { DomainFlowError } from '../errors.ts';
import type { CampaignEvent, CampaignStatus, PhaseEvent, PhaseStatus } from './states.ts';

type Table<State extends string, Event extends string> = Readonly<
  Record<State, Readonly<Record<Event, State | null>>>
>;

const CAMPAIGN_NONE: Readonly<Record<CampaignEvent, null>> = {
  start: null,
  pause: null,
  resume: null,
  cancel: null,
  retry: null,
  complete: null,
  fail: null,
  halt: null,
};

/** Every cell of SPEC.md's campaign table; null is an illegal transition. */
export const CAMPAIGN_TRANSITIONS: Table<CampaignStatus, CampaignEvent> = {
  pending: { ...CAMPAIGN_NONE, start: 'active', cancel: 'cancelled' },
  active: {
    ...CAMPAIGN_NONE,
    pause: 'paused',
    cancel: 'cancelled',
    complete: 'completed',
    fail: 'failed',
    halt: 'error',
  },
  paused: { ...CAMPAIGN_NONE, resume: 'active', cancel: 'cancelled', halt: 'error' },
  completed: { ...CAMPAIGN_NONE, start: 'active', retry: 'retrying', cancel: 'cancelled' },
  failed: { ...CAMPAIGN_NONE, retry: 'retrying', cancel: 'cancelled' },
  cancelled: CAMPAIGN_NONE,
  error: { ...CAMPAIGN_NONE, resume: 'active', cancel: 'cancelled' },
  retrying: {
    ...CAMPAIGN_NONE,
    pause: 'paused',
    cancel: 'cancelled',
    complete: 'completed',
    fail: 'failed',
    halt: 'error',
  },
};

const PHASE_NONE: Readonly<Record<PhaseEvent, null>> = {
  configure: null,
  start: null,
  pause: null,
  resume: null,
  cancel: null,
  complete: null,
  fail: null,
  retry: null,
};

/** Every cell of SPEC.md's phase table; null is an illegal transition. */
export const PHASE_TRANSITIONS: Table<PhaseStatus, PhaseEvent> = {
  pending: { ...PHASE_NONE, configure: 'configured', cancel: 'cancelled' },
  configured: { ...PHASE_NONE, configure: 'configured', start: 'running', cancel: 'cancelled' },
  running: {
    ...PHASE_NONE,
    pause: 'paused',
    cancel: 'cancelled',
    complete: 'completed',
    fail: 'failed',
  },
  paused: { ...PHASE_NONE, resume: 'running', cancel: 'cancelled' },
  completed: { ...PHASE_NONE, retry: 'running' },
  failed: { ...PHASE_NONE, configure: 'configured', retry: 'running', cancel: 'cancelled' },
  cancelled: PHASE_NONE,
};

/** The events that a state accepts, in the order in which they are declared. */
export function allowedEvents<State extends string, Event extends string>(
  table: Table<State, Event>,
  from: State,
): Event[] {
  const row = table[from];
  return (Object.keys(row) as Event[]).filter((event) => row[event] !== null);
}

function transition<State extends string, Event extends string>(
  what: string,
  table: Table<State, Event>,
  from: State,
  event: Event,
): State {
  const to = table[from][event];
  if (to !== null) return to;
  const allowed = allowedEvents(table, from);
  const names = allowed.length === 0 ? 'none' : allowed.join(', ');
  throw new DomainFlowError(
    'ILLEGAL_TRANSITION',
    `A ${from} ${what} cannot ${event}. Allowed now: ${names}.`,
    {
      details: { from, event, allowed },
    },
  );
}

/** The state after `event`; throws `ILLEGAL_TRANSITION`, whose details name the allowed events. */
export const transitionCampaign = (from: CampaignStatus, event: CampaignEvent): CampaignStatus =>
  transition('campaign', CAMPAIGN_TRANSITIONS, from, event);

/** The state after `event`; throws `ILLEGAL_TRANSITION`, whose details name the allowed events. */
export const transitionPhase = (from: PhaseStatus, event: PhaseEvent): PhaseStatus =>
  transition('phase', PHASE_TRANSITIONS, from, event);
