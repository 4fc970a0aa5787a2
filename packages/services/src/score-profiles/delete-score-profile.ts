import { scoreProfiles } from '@domainflow/db/schema/score-profile.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { scoreProfileIdSchema } from '@domainflow/domain/ids.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { lockScoreProfile } from './lock-score-profile.ts';

export const deleteScoreProfile = mutation({
  name: 'scoreProfiles.delete',
  summary: 'Delete a score profile; scores that were made with it stay, with their parts',
  rest: { method: 'DELETE', path: '/score-profiles/{id}' },
  access: 'member',
  input: z.object({ id: scoreProfileIdSchema, version: z.int().optional() }),
  output: z.object({ deleted: z.literal(true) }),
  audit: ({ id }) => ({ entity: 'score_profile', entityId: id }),

  async run({ tx, actor }, { id, version }) {
    const row = await lockScoreProfile(tx, actor, id);
    requireVersion(row.version, version);
    if (row.isDefault)
      throw new DomainFlowError(
        'CONFLICT',
        'This is the default score profile: make another one that first.',
      );
    await tx.delete(scoreProfiles).where(eq(scoreProfiles.id, id));
    return { deleted: true as const };
  },
});
