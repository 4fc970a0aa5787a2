import type { Transaction } from '@domainflow/db/client.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import {
  advance,
  type LifecycleEvent,
  type LifecycleState,
  type LifecycleStep,
  type PhaseChange,
} from '@domainflow/domain/campaign/lifecycle.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { and, eq, sql } from 'drizzle-orm';
import { countOpenBatches, enqueuePending } from '../../batch/open-batches.ts';
import { appendEvent } from '../../events/append-event.ts';
import type { JobQueue } from '../../queue/job-queue.ts';
import { writtenRow } from '../../rows/written-row.ts';
import { announceChange } from '../announce-change.ts';
import { announcePhase } from './announce-phase.ts';
import { checkLaterPhases } from './check-later-phases.ts';
import { type CampaignRow, type LockedCampaign, lifecycleOf } from './lock-campaign.ts';
import { startPhaseRun } from './start-phase-run.ts';
import { takeInput } from './take-input.ts';
import { writeFailure } from './write-failure.ts';

/**
 * Lets the state machine take `event` and writes all that follows in the caller's transaction: phases, campaign with
 * its next version, events, ledger and jobs. A phase that turns out to have nothing to do completes at once.
 */
export async function applyEvent(
  tx: Transaction,
  queue: JobQueue,
  locked: LockedCampaign,
  event: LifecycleEvent,
): Promise<void> {
  let state = lifecycleOf(locked);
  if (event.type === 'start' && locked.phases.every((phase) => phase.run === 0)) {
    advance(state, event);
    await takeInput(tx, locked.row);
    if (locked.row.mode === 'full_sequence') await checkLaterPhases(tx, locked.phases);
  }
  let next: LifecycleEvent | null = event;
  let failure: { readonly phase: PhaseName; readonly error: DomainFlowError } | null = null;
  while (next !== null) {
    const current: LifecycleEvent = next;
    const step: LifecycleStep = advance(state, current);
    for (const change of step.changes) await writePhaseChange(tx, locked.row, change);
    state = step.state;
    try {
      next = await startWork(tx, queue, locked.row, step);
    } catch (error) {
      // Who starts a phase is told what it lacks. One that follows by itself has nobody to tell: it has failed.
      if (step.start === null || current.type !== 'phaseCompleted' || !(error instanceof DomainFlowError)) {
        throw error;
      }
      failure = { phase: step.start, error };
      next = { type: 'phaseFailed', phase: step.start };
    }
  }
  await writeCampaign(tx, locked.row, state);
  if (failure !== null) await writeFailure(tx, locked.row.id, failure.phase, failure.error);
}

/** Queues what a step starts or resumes; gives the event that follows where there is nothing to do. */
async function startWork(
  tx: Transaction,
  queue: JobQueue,
  row: CampaignRow,
  step: LifecycleStep,
): Promise<LifecycleEvent | null> {
  if (step.start !== null) {
    const batches = await startPhaseRun(tx, queue, row, step.start);
    return batches === 0 ? { type: 'phaseCompleted', phase: step.start } : null;
  }
  if (step.resume !== null) {
    const key = { campaignId: row.id, phase: step.resume };
    await enqueuePending(tx, queue, key);
    return (await countOpenBatches(tx, key)) === 0 ? { type: 'phaseCompleted', phase: step.resume } : null;
  }
  return null;
}

async function writePhaseChange(tx: Transaction, row: CampaignRow, change: PhaseChange): Promise<void> {
  const { phase, event, from, to, run } = change;
  const now = sql`clock_timestamp()`;
  const begins = event === 'start' || event === 'retry';
  const ends = event === 'complete' || event === 'fail' || event === 'cancel';
  await tx
    .update(phaseRuns)
    .set({
      status: to,
      run,
      ...(begins ? { startedAt: now, completedAt: null } : {}),
      ...(ends ? { completedAt: now, retryVerdicts: null } : {}),
    })
    .where(and(eq(phaseRuns.campaignId, row.id), eq(phaseRuns.phase, phase)));
  await appendEvent(tx, {
    campaignId: row.id,
    ownerId: row.ownerId,
    type: 'phase_transition',
    payload: { campaignId: row.id, phase, from, to },
  });
  if (ends) await announcePhase(tx, row, phase, event === 'complete');
}

async function writeCampaign(tx: Transaction, row: CampaignRow, state: LifecycleState): Promise<void> {
  const now = sql`clock_timestamp()`;
  const runs = state.campaign === 'active' || state.campaign === 'retrying';
  const ended =
    state.campaign === 'completed' || state.campaign === 'failed' || state.campaign === 'cancelled';
  const updated = await tx
    .update(campaigns)
    .set({
      status: state.campaign,
      mode: state.mode,
      version: sql`${campaigns.version} + 1`,
      updatedAt: now,
      ...(runs
        ? { startedAt: sql`coalesce(${campaigns.startedAt}, ${now})`, completedAt: null, errorDetails: null }
        : {}),
      ...(ended ? { completedAt: now } : {}),
    })
    .where(eq(campaigns.id, row.id))
    .returning({ version: campaigns.version });
  await announceChange(tx, { ...row, ...writtenRow(updated), status: state.campaign }, 'transition');
}
