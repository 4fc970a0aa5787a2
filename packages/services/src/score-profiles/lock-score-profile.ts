import { scoreProfiles } from '@domainflow/db/schema/score-profile.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { lockForEdit } from '../row-by-id.ts';

/** The profile, locked, where the actor may change it. */
export const lockScoreProfile = lockForEdit(scoreProfiles, 'score profile');

export const nameTaken = (name: string): DomainFlowError =>
  new DomainFlowError('CONFLICT', `There is a score profile called ${JSON.stringify(name)} already.`, {
    field: 'name',
  });
