import type { scoreProfiles } from '@domainflow/db/schema/score-profile.ts';
import { scoreProfileSchema } from '@domainflow/domain/scoring/score-profile.ts';
import { z } from 'zod';

export const scoreProfileViewSchema = z.object({
  scoreProfileId: z.string(),
  name: z.string(),
  description: z.string(),
  weights: scoreProfileSchema,
  /** Campaigns that name none are scored with it; there is exactly one. */
  isDefault: z.boolean(),
  version: z.int(),
  /** Null: the platform's own, which administrators may change. */
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** A profile as everybody sees it. */
export function scoreProfileView({
  id,
  weights,
  ...row
}: typeof scoreProfiles.$inferSelect): z.input<typeof scoreProfileViewSchema> {
  // Weights that a later version of the platform added have their defaults in older rows.
  return { scoreProfileId: id, ...row, weights: scoreProfileSchema.parse(weights) };
}
