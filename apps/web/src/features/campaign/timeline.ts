import type { PhaseStatus } from '@domainflow/domain/campaign/states.ts';
import { EVENT_PAYLOADS } from '@domainflow/domain/events/event.ts';
import type { CampaignEventEntry, HistoryEntry } from '../../lib/contract.ts';
import { PHASE_LABELS } from '../phases/phase-labels.ts';
import { describeAction, describeDetails } from './describe-history.ts';

/** Something that happened to a campaign. */
export interface TimelineEntry {
  readonly key: string;
  readonly at: string;
  readonly what: string;
  /** Who did it; null where it followed from something else. */
  readonly by: string | null;
  readonly details: string;
}

/** An entry of the audit log. */
export const writeEntry = (entry: HistoryEntry): TimelineEntry => ({
  key: `write ${entry.id}`,
  at: entry.at,
  what: describeAction(entry.action),
  by: entry.user ?? 'the platform',
  details: describeDetails(entry.details),
});

const MOVED: Readonly<Record<PhaseStatus, string>> = {
  pending: 'reset',
  configured: 'configured',
  running: 'started',
  paused: 'paused',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** A phase that moved from one status to another. */
export function transitionEntry(event: CampaignEventEntry): TimelineEntry {
  const { phase, from, to } = EVENT_PAYLOADS.phase_transition.parse(event.payload);
  return {
    key: `event ${event.id}`,
    at: event.at,
    what: `${PHASE_LABELS[phase]} ${from === 'paused' && to === 'running' ? 'resumed' : MOVED[to]}`,
    by: null,
    details: `was ${from}`,
  };
}

/**
 * Both kinds of entries, newest first. The audit log comes page by page: until all of it is there, transitions that are
 * older than its last entry wait.
 */
export function mergeTimeline(
  writes: readonly TimelineEntry[],
  transitions: readonly TimelineEntry[],
  isComplete: boolean,
): TimelineEntry[] {
  const oldest = writes.at(-1)?.at;
  const shown =
    isComplete || oldest === undefined ? transitions : transitions.filter(({ at }) => at >= oldest);
  return [...writes, ...shown].toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
}
