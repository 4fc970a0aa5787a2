import { createScoreProfile } from './create-score-profile.ts';
import { deleteScoreProfile } from './delete-score-profile.ts';
import { getScoreProfile } from './get-score-profile.ts';
import { listScoreProfiles } from './list-score-profiles.ts';
import { previewScoreProfile } from './preview-profile.ts';
import { updateScoreProfile } from './update-score-profile.ts';

export const scoreProfileOperations = {
  list: listScoreProfiles,
  get: getScoreProfile,
  create: createScoreProfile,
  preview: previewScoreProfile,
  update: updateScoreProfile,
  delete: deleteScoreProfile,
};
