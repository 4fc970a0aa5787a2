import { DomainFlowError } from '../errors.ts';
import type { CampaignEvent, CampaignStatus, PhaseEvent, PhaseStatus } from './states.ts';

export type TransitionTable<State extends string, Event extends string> = Readonly<
  Record<State, Readonly<Record<Event, State | null>>>
>;

const CAMPAIGN_NONE: Readonly<Record<CampaignEvent, null>> = {
  start: null,
  pause: null,
  resume: null,
  cancel: null,
  retry: null,
  resume_retry: null,
  proceed: null,
  proceed_retry: null,
  complete: null,
  fail: null,
  halt: null,
};

/** Every cell of SPEC.md's campaign table; null is an illegal transition. */
export const CAMPAIGN_TRANSITIONS: TransitionTable<CampaignStatus, CampaignEvent> = {
  pending: { ...CAMPAIGN_NONE, start: 'active', cancel: 'cancelled' },
  active: {
    ...CAMPAIGN_NONE,
    pause: 'paused',
    cancel: 'cancelled',
    proceed: 'active',
    complete: 'completed',
    fail: 'failed',
    halt: 'error',
  },
  paused: {
    ...CAMPAIGN_NONE,
    resume: 'active',
    resume_retry: 'retrying',
    cancel: 'cancelled',
    halt: 'error',
  },
  completed: { ...CAMPAIGN_NONE, start: 'active', retry: 'retrying', cancel: 'cancelled' },
  failed: { ...CAMPAIGN_NONE, retry: 'retrying', cancel: 'cancelled' },
  cancelled: CAMPAIGN_NONE,
  error: { ...CAMPAIGN_NONE, resume: 'active', resume_retry: 'retrying', cancel: 'cancelled' },
  retrying: {
    ...CAMPAIGN_NONE,
    pause: 'paused',
    cancel: 'cancelled',
    proceed: 'active',
    proceed_retry: 'retrying',
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
export const PHASE_TRANSITIONS: TransitionTable<PhaseStatus, PhaseEvent> = {
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
  failed: { ...PHASE_NONE, configure: 'failed', retry: 'running' },
  cancelled: PHASE_NONE,
};

/** The events that a state accepts, in the order in which they are declared. */
export function allowedEvents<State extends string, Event extends string>(
  table: TransitionTable<State, Event>,
  from: State,
): Event[] {
  const row = table[from];
  return (Object.keys(row) as Event[]).filter((event) => row[event] !== null);
}

/** `ILLEGAL_TRANSITION`: `what` is in state `from`, and only `allowed` can happen to it now. */
export function illegalTransition(
  what: string,
  from: string,
  event: string,
  allowed: readonly string[],
): DomainFlowError {
  const names = allowed.length === 0 ? 'none' : allowed.join(', ');
  const message = `${what} is ${from}: it cannot ${event}. Allowed now: ${names}.`;
  return new DomainFlowError('ILLEGAL_TRANSITION', message, { details: { from, event, allowed } });
}

function transition<State extends string, Event extends string>(
  what: string,
  table: TransitionTable<State, Event>,
  from: State,
  event: Event,
): State {
  const to = table[from][event];
  if (to === null) throw illegalTransition(what, from, event, allowedEvents(table, from));
  return to;
}

/** The state after `event`; throws `ILLEGAL_TRANSITION`, whose details name the allowed events. */
export const transitionCampaign = (from: CampaignStatus, event: CampaignEvent): CampaignStatus =>
  transition('The campaign', CAMPAIGN_TRANSITIONS, from, event);

/** The state after `event`; throws `ILLEGAL_TRANSITION`, whose details name the allowed events. */
export const transitionPhase = (from: PhaseStatus, event: PhaseEvent, what = 'The phase'): PhaseStatus =>
  transition(what, PHASE_TRANSITIONS, from, event);
