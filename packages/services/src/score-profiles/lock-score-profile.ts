import { scoreProfiles } from '@domainflow/db/schema/score-profile.ts';
import { lockForEdit } from '../rows/row-by-id.ts';

/** The profile, locked, where the actor may change it. */
export const lockScoreProfile = lockForEdit(scoreProfiles, 'score profile');
