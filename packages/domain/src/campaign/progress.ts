import type { PhaseStatus } from './states.ts';

export interface PhaseShare {
  readonly status: PhaseStatus;
  /** Domains that the phase is to work on, as far as known; 0 before it starts. */
  readonly total: number;
  readonly processed: number;
}

/** 0 to 1: a completed phase is done whatever its counts, one that has not started is not. */
function shareDone({ status, total, processed }: PhaseShare): number {
  if (status === 'completed') return 1;
  return total > 0 ? Math.min(1, processed / total) : 0;
}

/**
 * Progress of a campaign over all its phases, each counting the same: 0 to 100 with one decimal. Only a campaign whose
 * phases have all completed shows 100.
 */
export function campaignProgress(phases: readonly PhaseShare[]): number {
  if (phases.length === 0) return 0;
  if (phases.every(({ status }) => status === 'completed')) return 100;
  const done = phases.reduce((sum, phase) => sum + shareDone(phase), 0);
  return Math.min(99.9, Math.floor((done / phases.length) * 1_000) / 10);
}
