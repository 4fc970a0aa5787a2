import { scoreProfiles } from '@domainflow/db/schema/score-profile.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { scoreProfileIdSchema } from '@domainflow/domain/ids.ts';
import { scoreProfileSchema } from '@domainflow/domain/scoring/score-profile.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { nameFields, refuseTakenName } from '../rows/unique-name.ts';
import { writtenRow } from '../rows/written-row.ts';
import { lockScoreProfile } from './lock-score-profile.ts';
import { scoreProfileView, scoreProfileViewSchema } from './views.ts';

export const updateScoreProfile = mutation({
  name: 'scoreProfiles.update',
  summary: 'Change a score profile; what was scored keeps its score until it is scored again',
  rest: { method: 'PUT', path: '/score-profiles/{id}' },
  access: 'member',
  input: z.object({
    id: scoreProfileIdSchema,
    version: z.int(),
    name: nameFields.name.optional(),
    description: nameFields.description.optional(),
    /** All of them: what is left out is as in the default profile. */
    weights: scoreProfileSchema.optional(),
    /** Makes it the default in place of the one that is; for administrators. */
    isDefault: z.literal(true).optional(),
  }),
  output: scoreProfileViewSchema,
  audit: ({ id }, { name, version, isDefault }) => ({
    entity: 'score_profile',
    entityId: id,
    details: { name, version, isDefault },
  }),

  async run({ tx, actor }, { id, version, name, description, weights, isDefault }) {
    const before = await lockScoreProfile(tx, actor, id);
    requireVersion(before.version, version);
    if (isDefault === true && !before.isDefault) {
      if (actor.role !== 'admin')
        throw new DomainFlowError('FORBIDDEN', 'Only an administrator makes a score profile the default.');
      await tx
        .update(scoreProfiles)
        .set({ isDefault: false, updatedAt: sql`now()` })
        .where(eq(scoreProfiles.isDefault, true));
    }
    const updated = await tx
      .update(scoreProfiles)
      .set({
        name: name ?? before.name,
        description: description ?? before.description,
        weights: weights ?? before.weights,
        isDefault: isDefault ?? before.isDefault,
        version: before.version + 1,
        updatedAt: sql`now()`,
      })
      .where(eq(scoreProfiles.id, id))
      .returning()
      .catch(refuseTakenName('score_profiles_name_unique', 'score profile', name ?? before.name));
    return scoreProfileView(writtenRow(updated));
  },
});
