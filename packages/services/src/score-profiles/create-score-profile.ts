import { scoreProfiles } from '@domainflow/db/schema/score-profile.ts';
import { scoreProfileSchema } from '@domainflow/domain/scoring/score-profile.ts';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { nameFields, nameTaken } from '../rows/unique-name.ts';
import { scoreProfileView, scoreProfileViewSchema } from './views.ts';

export const createScoreProfile = mutation({
  name: 'scoreProfiles.create',
  summary: 'Create a score profile; weights that are left out are those of the default one',
  rest: { method: 'POST', path: '/score-profiles', status: 201 },
  access: 'member',
  input: z.object({
    name: nameFields.name,
    description: nameFields.description.default(''),
    weights: scoreProfileSchema.prefault({}),
  }),
  output: scoreProfileViewSchema,
  audit: ({ name }, output) => ({
    entity: 'score_profile',
    entityId: output.scoreProfileId,
    details: { name },
  }),

  async run({ tx, actor }, { name, description, weights }) {
    const [row] = await tx
      .insert(scoreProfiles)
      .values({ name, description, weights, createdBy: actor.userId })
      .onConflictDoNothing({ target: scoreProfiles.name })
      .returning();
    if (row === undefined) throw nameTaken('score profile', name);
    return scoreProfileView(row);
  },
});
