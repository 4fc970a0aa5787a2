import { scoreProfiles } from '@domainflow/db/schema/score-profile.ts';
import { scoreProfileIdSchema } from '@domainflow/domain/ids.ts';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { rowById } from '../rows/row-by-id.ts';
import { scoreProfileView, scoreProfileViewSchema } from './views.ts';

export const getScoreProfile = query({
  name: 'scoreProfiles.get',
  summary: 'One score profile with its weights',
  rest: { method: 'GET', path: '/score-profiles/{id}' },
  access: 'member',
  input: z.object({ id: scoreProfileIdSchema }),
  output: scoreProfileViewSchema,

  async run({ db }, { id }) {
    return scoreProfileView(await rowById(db, scoreProfiles, id, 'score profile'));
  },
});
