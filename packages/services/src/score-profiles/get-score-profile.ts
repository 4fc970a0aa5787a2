import { scoreProfiles } from '@domainflow/db/schema/score-profile.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { scoreProfileIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation.ts';
import { scoreProfileView, scoreProfileViewSchema } from './views.ts';

export const getScoreProfile = query({
  name: 'scoreProfiles.get',
  summary: 'One score profile with its weights',
  rest: { method: 'GET', path: '/score-profiles/{id}' },
  access: 'member',
  input: z.object({ id: scoreProfileIdSchema }),
  output: scoreProfileViewSchema,

  async run({ db }, { id }) {
    const [row] = await db.select().from(scoreProfiles).where(eq(scoreProfiles.id, id));
    if (row === undefined) throw notFound('score profile', id);
    return scoreProfileView(row);
  },
});
