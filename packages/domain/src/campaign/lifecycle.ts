import { assertNever } from '../assert-never.ts';
import { invalidInput } from '../errors.ts';
import type { PhaseName } from '../phases/phase.ts';
import {
  CAMPAIGN_COMMANDS,
  type CampaignCommand,
  type CampaignEvent,
  type CampaignMode,
  type CampaignStatus,
  type PhaseEvent,
  type PhaseStatus,
} from './states.ts';
import {
  CAMPAIGN_TRANSITIONS,
  illegalTransition,
  transitionCampaign,
  transitionPhase,
} from './transition.ts';

export interface LifecyclePhase {
  readonly name: PhaseName;
  readonly status: PhaseStatus;
  /** How many times it has been started: 0 never, 1 its first run, more where it runs again. */
  readonly run: number;
}

/** A campaign with its phases, in order: all that decides what may happen next. */
export interface LifecycleState {
  readonly campaign: CampaignStatus;
  readonly mode: CampaignMode;
  readonly phases: readonly LifecyclePhase[];
}

export type LifecycleEvent =
  /** Starts the next phase; a `phase` that is not the next one is refused. */
  | { readonly type: 'start'; readonly phase?: PhaseName | undefined }
  | { readonly type: 'pause' | 'resume' | 'cancel' }
  /** Runs phases again that have ended; the first of them, in the campaign's order, starts at once. */
  | { readonly type: 'retry'; readonly phases: readonly PhaseName[] }
  | { readonly type: 'configure'; readonly phase: PhaseName }
  | { readonly type: 'setMode'; readonly mode: CampaignMode }
  | { readonly type: 'phaseCompleted'; readonly phase: PhaseName }
  | { readonly type: 'phaseFailed'; readonly phase: PhaseName }
  /** The platform has to stop the campaign; it can be resumed. */
  | { readonly type: 'halt' };

export interface PhaseChange {
  readonly phase: PhaseName;
  readonly event: PhaseEvent;
  readonly from: PhaseStatus;
  readonly to: PhaseStatus;
  /** Number of the run after the change. */
  readonly run: number;
}

export interface LifecycleStep {
  readonly state: LifecycleState;
  /** Each change of a phase, in the order in which they happen. */
  readonly changes: readonly PhaseChange[];
  /** The phase whose batches are now to be planned and queued; null where there is none. */
  readonly start: PhaseName | null;
  /** The phase whose open batches are now to be queued again after a pause or halt; null where there is none. */
  readonly resume: PhaseName | null;
}

/** The steps of one event, gathered. */
interface Draft {
  campaign: CampaignStatus;
  mode: CampaignMode;
  readonly phases: LifecyclePhase[];
  readonly changes: PhaseChange[];
}

const isUnfinished = ({ status }: LifecyclePhase): boolean => status !== 'completed' && status !== 'failed';
const hasEnded = ({ status }: LifecyclePhase): boolean => status === 'completed' || status === 'failed';

/** The phase that a start would start: the first that has not completed; null where all have. */
export const nextPhase = (state: Pick<LifecycleState, 'phases'>): LifecyclePhase | null =>
  state.phases.find(({ status }) => status !== 'completed') ?? null;

/** In full sequence, the first phase that has no configuration yet: all of them need one before the first starts. */
const firstUnconfigured = ({
  mode,
  phases,
}: Pick<LifecycleState, 'mode' | 'phases'>): LifecyclePhase | null =>
  mode === 'step_by_step' ? null : (phases.find(({ status }) => status === 'pending') ?? null);

/** True where `command` would be carried out now: the table allows it and the phases leave it something to do. */
function isOpen(state: LifecycleState, command: CampaignCommand): boolean {
  if (CAMPAIGN_TRANSITIONS[state.campaign][command] === null) return false;
  switch (command) {
    case 'start':
      return nextPhase(state)?.status === 'configured' && firstUnconfigured(state) === null;
    case 'retry':
      return state.phases.some(hasEnded);
    case 'cancel':
      return state.campaign === 'failed' || state.phases.some(isUnfinished);
    case 'pause':
    case 'resume':
      return true;
    default:
      return assertNever(command);
  }
}

/** What a person can do with the campaign now. */
export const allowedCommands = (state: LifecycleState): CampaignCommand[] =>
  CAMPAIGN_COMMANDS.filter((command) => isOpen(state, command));

function checkCommand(state: LifecycleState, command: CampaignCommand): void {
  if (isOpen(state, command)) return;
  throw illegalTransition('The campaign', state.campaign, command, allowedCommands(state));
}

function moveCampaign(draft: Draft, event: CampaignEvent): void {
  draft.campaign = transitionCampaign(draft.campaign, event);
}

function phaseNamed(
  { phases }: Pick<LifecycleState, 'phases'>,
  name: PhaseName,
  field: string,
): LifecyclePhase {
  const phase = phases.find((candidate) => candidate.name === name);
  if (phase === undefined) throw invalidInput(`The campaign has no ${name} phase.`, field);
  return phase;
}

function movePhase(draft: Draft, name: PhaseName, event: PhaseEvent): LifecyclePhase {
  const phase = phaseNamed(draft, name, 'phase');
  const status = transitionPhase(phase.status, event, `The ${name} phase`);
  const run = event === 'start' || event === 'retry' ? phase.run + 1 : phase.run;
  const moved = { name, status, run };
  draft.phases[draft.phases.indexOf(phase)] = moved;
  draft.changes.push({ phase: name, event, from: phase.status, to: status, run });
  return moved;
}

const withStatus = (draft: Draft, status: PhaseStatus): PhaseName[] =>
  draft.phases.filter((phase) => phase.status === status).map(({ name }) => name);

function start(draft: Draft, wanted: PhaseName | undefined): PhaseName {
  const next = nextPhase(draft);
  if (CAMPAIGN_TRANSITIONS[draft.campaign].start === null || next === null) {
    throw illegalTransition('The campaign', draft.campaign, 'start', allowedCommands(draft));
  }
  if (wanted !== undefined && wanted !== next.name) {
    const { status } = phaseNamed(draft, wanted, 'phase');
    if (status === 'completed') transitionPhase(status, 'start', `The ${wanted} phase`);
    throw illegalTransition(`The ${wanted} phase`, 'not the next one', 'start', [`start ${next.name}`]);
  }
  const missing = firstUnconfigured(draft);
  if (missing !== null) transitionPhase(missing.status, 'start', `The ${missing.name} phase`);
  moveCampaign(draft, 'start');
  return movePhase(draft, next.name, 'start').name;
}

function retry(draft: Draft, names: readonly PhaseName[]): PhaseName {
  for (const name of names) {
    transitionPhase(phaseNamed(draft, name, 'phases').status, 'retry', `The ${name} phase`);
  }
  const first = draft.phases.find(({ name }) => names.includes(name));
  if (first === undefined) throw invalidInput('Name at least one phase.', 'phases');
  moveCampaign(draft, 'retry');
  return movePhase(draft, first.name, 'retry').name;
}

/** Ends the campaign's run, or goes on to the phase after `done`: for the first time, or again over what is new. */
function proceedAfter(draft: Draft, done: PhaseName): PhaseName | null {
  const after = draft.phases[draft.phases.findIndex(({ name }) => name === done) + 1];
  // One that nobody has configured (the mode was changed later) waits for a person, as in step_by_step.
  if (draft.mode === 'step_by_step' || after === undefined || after.status === 'pending') {
    moveCampaign(draft, 'complete');
    return null;
  }
  const isAgain = after.status !== 'configured';
  moveCampaign(draft, isAgain ? 'proceed_retry' : 'proceed');
  return movePhase(draft, after.name, isAgain ? 'retry' : 'start').name;
}

function resume(draft: Draft): PhaseName | null {
  const [name] = withStatus(draft, 'paused');
  if (name === undefined) throw illegalTransition('The campaign', draft.campaign, 'resume', []);
  const phase = movePhase(draft, name, 'resume');
  moveCampaign(draft, phase.run > 1 ? 'resume_retry' : 'resume');
  return name;
}

function setMode(draft: Draft, mode: CampaignMode): void {
  if (draft.campaign === 'cancelled' || withStatus(draft, 'running').length > 0) {
    throw illegalTransition('The campaign', draft.campaign, 'change its mode', []);
  }
  draft.mode = mode;
}

/**
 * The one state machine over a campaign and its phases: what `event` makes of `state`, and which phase now has work to
 * be queued. Pure. Throws `ILLEGAL_TRANSITION` with the allowed commands or events, `INVALID_INPUT` for a phase that the
 * campaign does not have; then nothing has changed. The rules are in SPEC.md.
 */
export function advance(state: LifecycleState, event: LifecycleEvent): LifecycleStep {
  const draft: Draft = { campaign: state.campaign, mode: state.mode, phases: [...state.phases], changes: [] };
  let started: PhaseName | null = null;
  let resumed: PhaseName | null = null;
  switch (event.type) {
    case 'start':
      started = start(draft, event.phase);
      break;
    case 'pause':
      checkCommand(state, 'pause');
      for (const name of withStatus(draft, 'running')) movePhase(draft, name, 'pause');
      moveCampaign(draft, 'pause');
      break;
    case 'resume':
      checkCommand(state, 'resume');
      resumed = resume(draft);
      break;
    case 'cancel':
      checkCommand(state, 'cancel');
      for (const phase of state.phases.filter(isUnfinished)) movePhase(draft, phase.name, 'cancel');
      moveCampaign(draft, 'cancel');
      break;
    case 'retry':
      checkCommand(state, 'retry');
      started = retry(draft, event.phases);
      break;
    case 'configure':
      movePhase(draft, event.phase, 'configure');
      break;
    case 'setMode':
      setMode(draft, event.mode);
      break;
    case 'phaseCompleted':
      movePhase(draft, event.phase, 'complete');
      started = proceedAfter(draft, event.phase);
      break;
    case 'phaseFailed':
      movePhase(draft, event.phase, 'fail');
      moveCampaign(draft, 'fail');
      break;
    case 'halt':
      for (const name of withStatus(draft, 'running')) movePhase(draft, name, 'pause');
      moveCampaign(draft, 'halt');
      break;
    default:
      return assertNever(event);
  }
  const { campaign, mode, phases, changes } = draft;
  return { state: { campaign, mode, phases }, changes, start: started, resume: resumed };
}
