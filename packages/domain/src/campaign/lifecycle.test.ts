import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainFlowError } from '../errors.ts';
import { PHASE_NAMES, type PhaseName } from '../phases/phase.ts';
import {
  advance,
  allowedCommands,
  type LifecycleEvent,
  type LifecycleState,
  type LifecycleStep,
} from './lifecycle.ts';
import { CAMPAIGN_COMMANDS, CAMPAIGN_MODES, type CampaignMode } from './states.ts';
import { illegalTransition } from './transition.ts';
import { CAMPAIGN_PRESETS, CAMPAIGN_TYPES } from './types.ts';

type Advance = typeof advance;

const draftOf = (
  mode: CampaignMode,
  names: readonly PhaseName[],
  status: 'pending' | 'configured',
): LifecycleState => ({
  campaign: 'pending',
  mode,
  phases: names.map((name) => ({ name, status, run: 0 })),
});

const completed = (phase: PhaseName): LifecycleEvent => ({ type: 'phaseCompleted', phase });

const count = (state: LifecycleState, ...statuses: string[]): number =>
  state.phases.filter(({ status }) => statuses.includes(status)).length;

/** C1 to C6: what holds of a state. */
function checkState(state: LifecycleState): void {
  const { campaign, phases } = state;
  expect(count(state, 'running')).toBe(campaign === 'active' || campaign === 'retrying' ? 1 : 0);
  expect(count(state, 'paused')).toBe(campaign === 'paused' || campaign === 'error' ? 1 : 0);
  const running = phases.find(({ status }) => status === 'running');
  if (campaign === 'active') expect(running?.run).toBe(1);
  if (campaign === 'retrying') expect(running?.run).toBeGreaterThan(1);
  const everRan = phases.map(({ run }) => run > 0);
  expect(everRan.lastIndexOf(true)).toBe(everRan.filter(Boolean).length - 1);
  if (campaign === 'cancelled') expect(count(state, 'pending', 'configured', 'running', 'paused')).toBe(0);
  else expect(count(state, 'cancelled')).toBe(0);
  if (campaign === 'failed') expect(count(state, 'failed')).toBeGreaterThan(0);
  if (campaign === 'pending') expect(everRan).not.toContain(true);
}

/** C5, C8, C10: what holds of a step. */
function checkStep(before: LifecycleState, { state, changes, start, resume }: LifecycleStep): void {
  for (const phase of before.phases) {
    const after = state.phases.find(({ name }) => name === phase.name);
    const of = changes.filter((change) => change.phase === phase.name);
    expect(after?.status).toBe(of.at(-1)?.to ?? phase.status);
    expect(of[0]?.from ?? phase.status).toBe(phase.status);
    expect(after?.run).toBe(
      phase.run + of.filter(({ event }) => event === 'start' || event === 'retry').length,
    );
    if (phase.status === 'cancelled') expect(of).toEqual([]);
  }
  const entered = (events: string[]) => changes.find(({ event }) => events.includes(event))?.phase ?? null;
  expect(start).toBe(entered(['start', 'retry']));
  expect(resume).toBe(entered(['resume']));
}

/** C7: the commands that are said to be allowed are those that are carried out. */
function checkCommands(state: LifecycleState, step: Advance): void {
  const ended = state.phases.filter(({ status }) => status === 'completed' || status === 'failed');
  const allowed = allowedCommands(state);
  for (const command of CAMPAIGN_COMMANDS) {
    const event: LifecycleEvent =
      command === 'retry' ? { type: 'retry', phases: ended.map(({ name }) => name) } : { type: command };
    let refusal: unknown = null;
    try {
      step(state, event);
    } catch (error) {
      refusal = error;
    }
    expect([command, refusal === null]).toEqual([command, allowed.includes(command)]);
    if (refusal !== null) {
      expect(refusal).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
      const { from, allowed: named } = (refusal as DomainFlowError).details as {
        from: string;
        allowed: string[];
      };
      // A refused start names the phase in its way where that is the reason.
      if (from === state.campaign && command !== 'start') expect(named).toEqual(allowed);
    }
  }
}

/** C14: what workers and the platform report of a running phase is taken; a failed campaign can be given up. */
function checkReports(state: LifecycleState, step: Advance): void {
  for (const { name, status } of state.phases) {
    if (status !== 'running') continue;
    const reports: LifecycleEvent[] = [
      completed(name),
      { type: 'phaseFailed', phase: name },
      { type: 'halt' },
    ];
    for (const report of reports) checkState(step(state, report).state);
  }
  if (state.campaign === 'failed') expect(step(state, { type: 'cancel' }).state.campaign).toBe('cancelled');
}

const phaseName = fc.constantFrom(...PHASE_NAMES);
const anyEvent: fc.Arbitrary<LifecycleEvent> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<LifecycleEvent>({ type: 'start' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<LifecycleEvent>({ type: 'pause' }, { type: 'resume' }, { type: 'halt' }),
  },
  { weight: 1, arbitrary: fc.constantFrom<LifecycleEvent>({ type: 'cancel' }) },
  { weight: 1, arbitrary: phaseName.map((phase): LifecycleEvent => ({ type: 'start', phase })) },
  { weight: 4, arbitrary: phaseName.map((phase): LifecycleEvent => ({ type: 'configure', phase })) },
  { weight: 6, arbitrary: phaseName.map((phase): LifecycleEvent => ({ type: 'phaseCompleted', phase })) },
  { weight: 2, arbitrary: phaseName.map((phase): LifecycleEvent => ({ type: 'phaseFailed', phase })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...CAMPAIGN_MODES).map((mode): LifecycleEvent => ({ type: 'setMode', mode })),
  },
  {
    weight: 3,
    arbitrary: fc
      .uniqueArray(phaseName, { maxLength: 3 })
      .map((phases): LifecycleEvent => ({ type: 'retry', phases })),
  },
);
const anyDraft = fc
  .record({
    mode: fc.constantFrom(...CAMPAIGN_MODES),
    type: fc.constantFrom(...CAMPAIGN_TYPES),
    status: fc.constantFrom('pending' as const, 'configured' as const),
  })
  .map(({ mode, type, status }) => draftOf(mode, CAMPAIGN_PRESETS[type].phases, status));

/** What could well happen next, so that lives get far. */
function likelyEvents({ phases }: LifecycleState): LifecycleEvent[] {
  const likely: LifecycleEvent[] = [
    { type: 'start' },
    { type: 'pause' },
    { type: 'resume' },
    { type: 'halt' },
  ];
  for (const { name, status } of phases) {
    if (status === 'pending') likely.push({ type: 'configure', phase: name });
    if (status === 'running')
      likely.push(completed(name), completed(name), { type: 'phaseFailed', phase: name });
    if (status === 'completed' || status === 'failed') likely.push({ type: 'retry', phases: [name] });
  }
  return likely;
}

const anyLife = fc.array(
  fc.record({ pick: fc.nat(1_000), isWild: fc.nat(5).map((n) => n === 0), wild: anyEvent }),
  {
    minLength: 10,
    maxLength: 40,
  },
);

/** Lives of campaigns, each state and each step checked; gives the statuses it saw. */
function checkLives(step: Advance): Set<string> {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyDraft, anyLife, (draft, life) => {
      let state = draft;
      for (const { pick, isWild, wild } of life) {
        const likely = likelyEvents(state);
        const event = isWild ? wild : (likely[pick % likely.length] ?? wild);
        const before = structuredClone(state);
        try {
          const result = step(state, event);
          checkStep(before, result);
          checkState(result.state);
          if (before.campaign === 'cancelled') expect(result.state).toEqual(before);
          state = result.state;
        } catch (error) {
          if (!(error instanceof DomainFlowError)) throw error;
          expect(['ILLEGAL_TRANSITION', 'INVALID_INPUT']).toContain(error.code);
          expect(state).toEqual(before);
        }
        checkCommands(state, step);
        checkReports(state, step);
        seen.add(state.campaign);
      }
    }),
    { numRuns: 300, seed: 2, endOnFailure: true },
  );
  return seen;
}

/** Machines with one defect each; `right` is what the real one does, and may throw. */
const DEFECTS: Record<
  string,
  (state: LifecycleState, event: LifecycleEvent, right: () => LifecycleStep) => LifecycleStep
> = {
  'leaves a phase running on pause': (state, event, right) =>
    event.type === 'pause'
      ? { ...right(), changes: [], state: { ...right().state, phases: state.phases } }
      : right(),
  'forgets to say what starts': (_, event, right) =>
    event.type === 'phaseCompleted' ? { ...right(), start: null } : right(),
  'resumes a retry as a first run': (_, event, right) =>
    event.type === 'resume' ? { ...right(), state: { ...right().state, campaign: 'active' } } : right(),
  'keeps phases configured on cancel': (state, event, right) =>
    event.type === 'cancel'
      ? { ...right(), changes: [], state: { ...right().state, phases: state.phases } }
      : right(),
  'brings a cancelled campaign back': (state, event, right) =>
    state.campaign === 'cancelled' && event.type === 'start'
      ? { state: { ...state, campaign: 'pending' }, changes: [], start: null, resume: null }
      : right(),
  'refuses a command that it says is allowed': (state, event, right) => {
    if (event.type === 'retry') throw illegalTransition('The campaign', state.campaign, 'retry', []);
    return right();
  },
};

describe('advance', () => {
  it('keeps the invariants of SPEC.md in any life of a campaign', () => {
    expect(checkLives(advance).size).toBe(8);
  });

  it.each(Object.entries(DEFECTS))('that check sees a machine that %s', (_, spoil) => {
    expect(() => checkLives((state, event) => spoil(state, event, () => advance(state, event)))).toThrow();
  });
});

/** Plays events and gives the last step. */
const play = (state: LifecycleState, ...events: LifecycleEvent[]): LifecycleStep =>
  events.reduce<LifecycleStep>((step, event) => advance(step.state, event), {
    state,
    changes: [],
    start: null,
    resume: null,
  });

describe('full_sequence', () => {
  const draft = draftOf('full_sequence', PHASE_NAMES, 'configured');
  const all = PHASE_NAMES.map(completed);

  it('starts each phase as the one before completes', () => {
    let step = advance(draft, { type: 'start' });
    expect(step.start).toBe('generation');
    for (const next of ['dns', 'http', 'analysis', null] as const) {
      const running = step.start as PhaseName;
      step = advance(step.state, completed(running));
      expect(step.start).toBe(next);
      expect(step.state.campaign).toBe(next === null ? 'completed' : 'active');
    }
    expect(allowedCommands(step.state)).toEqual(['retry']);
  });

  it('does not start before every phase is configured, and names the one that is not', () => {
    const partly = advance(draftOf('full_sequence', PHASE_NAMES, 'pending'), {
      type: 'configure',
      phase: 'generation',
    });
    expect(() => advance(partly.state, { type: 'start' })).toThrow(
      'The dns phase is pending: it cannot start. Allowed now: configure, cancel.',
    );
  });

  it('runs the phases after a retried one again over what is new', () => {
    const retried = play(draft, { type: 'start' }, ...all, { type: 'retry', phases: ['http', 'dns'] });
    expect(retried).toMatchObject({ start: 'dns', state: { campaign: 'retrying' } });
    const http = advance(retried.state, completed('dns'));
    expect(http).toMatchObject({ start: 'http', state: { campaign: 'retrying' } });
    expect(http.changes.at(-1)).toEqual({
      phase: 'http',
      event: 'retry',
      from: 'completed',
      to: 'running',
      run: 2,
    });
    const end = play(http.state, completed('http'), completed('analysis'));
    expect(end).toMatchObject({ start: null, state: { campaign: 'completed' } });
  });

  it('becomes active again where a retry comes to a phase that never ran', () => {
    const failed = play(draft, { type: 'start' }, completed('generation'), {
      type: 'phaseFailed',
      phase: 'dns',
    });
    expect(failed.state.campaign).toBe('failed');
    const step = play(failed.state, { type: 'retry', phases: ['dns'] }, completed('dns'));
    expect(step).toMatchObject({ start: 'http', state: { campaign: 'active' } });
  });

  it('pauses and resumes in the same phase, a retry as a retry', () => {
    const paused = play(
      draft,
      { type: 'start' },
      ...all,
      { type: 'retry', phases: ['dns'] },
      { type: 'pause' },
    );
    expect(paused.state.campaign).toBe('paused');
    expect(() => advance(paused.state, completed('dns'))).toThrow('cannot complete');
    expect(advance(paused.state, { type: 'resume' })).toMatchObject({
      start: null,
      resume: 'dns',
      state: { campaign: 'retrying' },
    });
  });

  it('goes on after the platform had to stop it', () => {
    const halted = play(draft, { type: 'start' }, { type: 'halt' });
    expect(halted.state.campaign).toBe('error');
    expect(advance(halted.state, { type: 'resume' })).toMatchObject({
      resume: 'generation',
      state: { campaign: 'active' },
    });
  });
});

describe('step_by_step', () => {
  const draft = draftOf('step_by_step', ['dns', 'http'], 'pending');
  const first = play(draft, { type: 'configure', phase: 'dns' }, { type: 'start' }, completed('dns'));

  it('is completed after each phase, and start begins the next once it is configured', () => {
    expect(first).toMatchObject({ start: null, state: { campaign: 'completed' } });
    expect(allowedCommands(first.state)).toEqual(['cancel', 'retry']);
    expect(() => advance(first.state, { type: 'start' })).toThrow('The http phase is pending');
    const second = play(first.state, { type: 'configure', phase: 'http' }, { type: 'start', phase: 'http' });
    expect(second).toMatchObject({ start: 'http', state: { campaign: 'active' } });
    const end = advance(second.state, completed('http'));
    expect(() => advance(end.state, { type: 'start' })).toThrow('Allowed now: retry.');
    expect(() => advance(end.state, { type: 'cancel' })).toThrow('Allowed now: retry.');
  });

  it('refuses a phase that is not the next, or not of the campaign', () => {
    const ready = draftOf('step_by_step', ['dns', 'http'], 'configured');
    expect(() => advance(ready, { type: 'start', phase: 'http' })).toThrow('Allowed now: start dns.');
    expect(() => advance(first.state, { type: 'start', phase: 'dns' })).toThrow('Allowed now: retry.');
    expect(() => advance(ready, { type: 'start', phase: 'analysis' })).toThrow('no analysis phase');
  });

  it('runs one phase of a retry', () => {
    const step = play(first.state, { type: 'retry', phases: ['dns'] }, completed('dns'));
    expect(step).toMatchObject({ start: null, state: { campaign: 'completed' } });
    expect(() => advance(first.state, { type: 'retry', phases: ['http'] })).toThrow('cannot retry');
    expect(() => advance(first.state, { type: 'retry', phases: [] })).toThrow('at least one phase');
  });

  it('stops before a phase that nobody configured when the mode was changed in the middle', () => {
    const paused = play(
      draftOf('step_by_step', ['dns', 'http'], 'pending'),
      { type: 'configure', phase: 'dns' },
      { type: 'start' },
      { type: 'pause' },
      { type: 'setMode', mode: 'full_sequence' },
    );
    const step = play(paused.state, { type: 'resume' }, completed('dns'));
    expect(step).toMatchObject({ start: null, state: { campaign: 'completed', mode: 'full_sequence' } });
    const next = play(step.state, { type: 'configure', phase: 'http' }, { type: 'start' });
    expect(next).toMatchObject({ start: 'http', state: { campaign: 'active' } });
  });

  it('lets the mode change while nothing runs', () => {
    const ready = play(
      first.state,
      { type: 'configure', phase: 'http' },
      { type: 'setMode', mode: 'full_sequence' },
    );
    const running = advance(ready.state, { type: 'start' });
    expect(running.start).toBe('http');
    expect(() => advance(running.state, { type: 'setMode', mode: 'step_by_step' })).toThrow(
      'cannot change its mode',
    );
  });
});
