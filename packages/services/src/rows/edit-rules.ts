import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { Actor } from '../operation/operation.ts';

/** What everybody may read is changed by who made it, and by administrators. */
export function requireEditor(actor: Actor, createdBy: string | null, what: string): void {
  if (actor.role === 'admin' || createdBy === actor.userId) return;
  throw new DomainFlowError('FORBIDDEN', `Only who made this ${what}, or an administrator, may change it.`);
}

/** Refuses a change that was based on another version than the current one. */
export function requireVersion(current: number, given: number | undefined): void {
  if (given === undefined || given === current) return;
  throw new DomainFlowError(
    'STALE_VERSION',
    'It has been changed by someone else in the meantime. Reload it and try again.',
    { field: 'version', details: { currentVersion: current } },
  );
}
